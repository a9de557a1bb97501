# shellcheck shell=bash
# Secrets as files: where NAME_FILE is in the env file, each service gets copies of its own that nobody else can read, and no
# secret in its environment.

readonly SECRETS_COMPOSE_FILE=docker/secrets/docker-compose.yml

# service | its container's uid | its secrets; as in the overlay
readonly SECRET_TABLE='
postgres | 70    | POSTGRES_PASSWORD EXPRESS_DB_PASSWORD
strapi   | 10001 | POSTGRES_PASSWORD STRAPI_APP_KEYS STRAPI_API_TOKEN_SALT STRAPI_ADMIN_JWT_SECRET STRAPI_TRANSFER_TOKEN_SALT STRAPI_JWT_SECRET STRAPI_API_TOKEN STRAPI_ADMIN_PASSWORD APP_ADMIN_PASSWORD
express  | 10002 | EXPRESS_DB_PASSWORD STRAPI_API_TOKEN ANTHROPIC_API_KEY
'

# One file for one secret is enough: then all of them reach the containers as files.
secrets_are_files() {
  local name
  for name in "${ALL_SECRETS[@]}"; do
    [[ -z ${FILE_VALUES[${name}_FILE]:-} ]] || return 0
  done
  return 1
}

# A service's mark changes with its secrets. It is a label of the container, so that Compose re-creates those whose secrets changed, and no others.
declare -gA SECRET_MARKS=()

lay_out_secrets() {
  local folder line service uid names
  local -a rows=()
  SECRET_MARKS=()
  folder=$(stack_state secrets)
  if ! secrets_are_files; then
    rm -rf -- "$folder"
    return 0
  fi
  mapfile -t rows <<<"$SECRET_TABLE"
  for line in "${rows[@]}"; do
    IFS='|' read -r service uid names <<<"${line// | /|}"
    [[ -z $service ]] || lay_out_secrets_of "${service// /}" "${uid// /}" "$names" "$folder"
  done
}

lay_out_secrets_of() { # SERVICE UID NAMES FOLDER
  local service=$1 uid=$2 folder=$4/$1 record=$4/$1.mark mark='' digest='' name
  local -a names=() owners=()
  read -r -a names <<<"$3"
  [[ ! -r $record ]] || read -r mark digest <"$record"
  if [[ -z $mark || $digest != "$(secrets_digest "$mark" "${names[@]}")" ]]; then
    mark=$(random_secret)
  elif secrets_lie_ready "$folder" "$uid" "${names[@]}"; then
    SECRET_MARKS[$service]=$mark
    return 0
  fi
  for name in "${names[@]}"; do owners+=("$name.new" "$uid:$uid" 0400); done
  write_secrets "$folder" "${names[@]}" || die_of_layout "$folder"
  give_to_containers "$folder" "${owners[@]}"
  digest=$(secrets_digest "$mark" "${names[@]}")
  if ! put_secrets_in_place "$folder" "${names[@]}" || ! write_mark "$record" "$mark $digest"; then die_of_layout "$folder"; fi
  SECRET_MARKS[$service]=$mark
}

write_secrets() { # FOLDER NAME…
  local folder=$1 name
  shift
  mkdir -p -- "$folder" && chmod 0700 -- "$folder" && rm -f -- "$folder"/*.new || return
  for name in "$@"; do
    (umask 077 && setting "$name" >"$folder/$name.new" && sync -- "$folder/$name.new") || return
  done
}

put_secrets_in_place() { # FOLDER NAME…
  local folder=$1 name
  shift
  for name in "$@"; do mv -f -- "$folder/$name.new" "$folder/$name" || return; done
  sync -- "$folder"
}

# The mark comes last: a run that was cut short is found out by it, and repeated.
write_mark() { # FILE TEXT
  (umask 077 && printf '%s\n' "$2" >"$1.new") && sync -- "$1.new" && mv -f -- "$1.new" "$1" && sync -- "${1%/*}"
}

die_of_layout() {
  die "$EXIT_FAILED" "the secrets can't be laid out in $1" "see the message above; no container was changed" "df -h $1"
}

secrets_digest() { # MARK NAME…
  local name
  {
    printf '%s\n' "$1"
    for name in "${@:2}"; do printf '%s=%s\n' "$name" "$(setting "$name")"; done
  } | sha256sum | cut -c 1-64
}

secrets_lie_ready() { # FOLDER UID NAME…
  local name
  for name in "${@:3}"; do
    [[ $(stat -c %u:%g:%a -- "$1/$name" 2>/dev/null) == "$2:$2:400" ]] || return 1
  done
}
