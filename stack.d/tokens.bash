# shellcheck shell=bash
# API tokens, for programs that speak to the service: what the web UI does for who is signed in, for who has the machine.

readonly LONGEST_TOKEN_NAME=100 MOST_TOKEN_DAYS=3650

# Only the token's hash goes into the database, so that nothing but this output ever shows it.
cmd_token() {
  local name='' user='' days=0 token hash made
  while (($#)); do
    case $1 in
      --user)
        (($# > 1)) || die_usage "--user needs an e-mail address" token
        user=$2
        shift
        ;;
      --days)
        if ! [[ ${2:-} =~ ^[1-9][0-9]{0,3}$ ]] || (($2 > MOST_TOKEN_DAYS)); then
          die_usage "--days needs a number from 1 to $MOST_TOKEN_DAYS" token
        fi
        days=$2
        shift
        ;;
      -*) die_usage "token has no option $1" token ;;
      *)
        [[ -z $name ]] || die_usage "token takes one name" token
        name=$1
        ;;
    esac
    shift
  done
  [[ $name == *[![:space:]]* && ${#name} -le $LONGEST_TOKEN_NAME ]] || die_usage "token needs a name of 1 to $LONGEST_TOKEN_NAME characters" token
  env_require
  engine_answers || die "$EXIT_ENVIRONMENT" "the engine does not answer" "$ENGINE_ERROR" "./stack up"
  user=${user:-$(setting APP_ADMIN_EMAIL)}
  token=cau_$(random_secret)
  hash=$(printf '%s' "$token" | sha256sum)
  made=$(store_token "$name" "$user" "$days" "${hash%% *}") ||
    die "$EXIT_FAILED" "no token was made" "the database can't be asked, or was never used by the service; see the message above" "./stack up"
  [[ $made == *[![:space:]]* ]] || die "$EXIT_FAILED" "no token was made" "there is no user $user, or the user is blocked" \
    "add the user in Strapi's admin page (Content Manager, User), or name another with --user"
  printf '%s\n' "$token"
}

# store_token NAME USER DAYS HASH: prints the token's id, or nothing where there is no such user.
store_token() {
  engine 30 exec -i "$(setting STACK_NAME)-postgres" psql -XAtq -v ON_ERROR_STOP=1 -U "$(setting POSTGRES_USER)" -d "$(setting POSTGRES_DB)" \
    -v name="$1" -v user="$2" -v days="$3" -v hash="$4" <<'SQL'
INSERT INTO runs.api_token (hash, user_id, name, expires_at)
SELECT :'hash', document_id, :'name', CASE WHEN :'days'::integer > 0 THEN clock_timestamp() + :'days'::integer * interval '1 day' END
FROM public.up_users
WHERE (lower(email) = lower(:'user') OR username = :'user') AND blocked IS NOT TRUE
LIMIT 1
RETURNING id;
SQL
}
