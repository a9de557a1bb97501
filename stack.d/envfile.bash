# shellcheck shell=bash
# The env file: read without being run, completed once, written so that no crash can leave half of it.

readonly EXAMPLE_FILE=$ROOT/.env.example
readonly STANDIN_COMPOSE_FILE=docker/standin/docker-compose.yml
readonly DEV_COMPOSE_FILE=docker-compose.dev.yml TEST_COMPOSE_FILE=docker-compose.test.yml

# Made by `stack` where they are missing; the model's key is the ninth secret, and comes from the operator.
readonly GENERATED_SECRETS=(
  POSTGRES_PASSWORD EXPRESS_DB_PASSWORD
  STRAPI_APP_KEYS STRAPI_API_TOKEN_SALT STRAPI_ADMIN_JWT_SECRET STRAPI_TRANSFER_TOKEN_SALT STRAPI_JWT_SECRET
  STRAPI_API_TOKEN STRAPI_ADMIN_PASSWORD APP_ADMIN_PASSWORD
)
readonly ALL_SECRETS=("${GENERATED_SECRETS[@]}" ANTHROPIC_API_KEY)

declare -gA EXAMPLE_VALUES=() FILE_VALUES=() SECRET_FILE_VALUES=() PENDING_VALUES=()
ENV_FILE='' ENV_FILE_EXISTS=false ENV_SYNTAX_OK=true
NEW_ADMIN_PASSWORD='' NEW_APP_PASSWORD='' API_KEY_TAKEN_OVER=false

# setting NAME: what is about to be written, else what the file says (or a file that it names), else the example's default. Empty counts as unset, as it does for Compose's `:-`.
setting() {
  local value=${PENDING_VALUES[$1]:-}
  [[ -n $value ]] || value=${FILE_VALUES[$1]:-}
  [[ -n $value ]] || value=${SECRET_FILE_VALUES[$1]:-}
  [[ -n $value ]] || value=${EXAMPLE_VALUES[$1]:-}
  printf '%s' "$value"
}

# The forms accepted here are those that Compose's own parser reads in the same way, so that `docker compose` and `stack` never differ.
# parse_env_file FILE ARRAY: returns 1 after reporting findings.
parse_env_file() {
  local file=$1 line name value problem
  local -n values=$2
  local -A seen=()
  local -i number=0 faults=0
  while IFS= read -r line || [[ -n $line ]]; do
    number+=1
    line=${line%$'\r'}
    [[ $line =~ ^[[:space:]]*(#|$) ]] && continue
    if ! [[ $line =~ ^([A-Za-z_][A-Za-z0-9_]*)=(.*)$ ]]; then
      finding "$file, line $number is not KEY=VALUE" "" "write it as KEY=VALUE, or put # before it"
      faults+=1
      continue
    fi
    name=${BASH_REMATCH[1]} value=${BASH_REMATCH[2]} problem=''
    if [[ -n ${seen[$name]:-} ]]; then
      finding "$file sets $name twice, in lines ${seen[$name]} and $number" "the later line would win silently" "remove one of the two lines"
      faults+=1
      continue
    fi
    seen[$name]=$number
    value=${value#"${value%%[![:space:]]*}"}
    case $value in
      "'"*)
        if [[ $value =~ ^\'([^\']*)\'[[:space:]]*(#.*)?$ ]]; then value=${BASH_REMATCH[1]}; else problem="its single quotes don't enclose the value"; fi
        ;;
      '"'*)
        if ! [[ $value =~ ^\"([^\"]*)\"[[:space:]]*(#.*)?$ ]]; then
          problem="its double quotes don't enclose the value"
        elif value=${BASH_REMATCH[1]} && [[ $value == *[\\\$]* ]]; then
          problem='$ and \ have a meaning to Compose between double quotes'
        fi
        ;;
      *)
        [[ $value == '#'* ]] && value=''
        value=${value%%[[:space:]]#*}
        value=${value%"${value##*[![:space:]]}"}
        [[ $value != *[\\\$\'\"]* ]] || problem='$, \ and quotes have a meaning to Compose in a value without quotes'
        ;;
    esac
    if [[ -n $problem ]]; then
      finding "$file, line $number: the value of $name is ambiguous" "$problem" "put the value between single quotes"
      faults+=1
      continue
    fi
    # shellcheck disable=SC2004 # an associative array's key is no arithmetic
    values[$name]=$value
  done <"$file"
  ((faults == 0))
}

env_load_example() {
  [[ -r $EXAMPLE_FILE ]] ||
    die "$EXIT_ENVIRONMENT" ".env.example is missing" "it holds every variable's default" "git -C $ROOT checkout .env.example"
  parse_env_file "$EXAMPLE_FILE" EXAMPLE_VALUES || die_of_findings
}

# env_locate PATH: fixes which file is meant, for good.
env_locate() {
  local path=$1
  ENV_FILE=$(readlink -f -- "$path") ||
    die "$EXIT_ENVIRONMENT" "the folder of the env file $path does not exist" "" "mkdir -p $(dirname -- "$path")"
  [[ ! -d $ENV_FILE ]] || die_usage "$path is a folder, not an env file"
}

# Reads without changing anything. Syntax errors become findings.
env_read() {
  env_load_example
  FILE_VALUES=() PENDING_VALUES=() ENV_FILE_EXISTS=false
  [[ -e $ENV_FILE ]] || return 0
  ENV_FILE_EXISTS=true
  if [[ ! -r $ENV_FILE ]]; then
    ENV_SYNTAX_OK=false
    finding "$ENV_FILE can't be read by $(this_user)" "it belongs to $(stat -c %U -- "$ENV_FILE")" "run this as $(stat -c %U -- "$ENV_FILE")"
    return 0
  fi
  parse_env_file "$ENV_FILE" FILE_VALUES || ENV_SYNTAX_OK=false
  read_secret_files
}

# A secret may stand in a file of its own: NAME_FILE instead of NAME.
read_secret_files() {
  local name file
  SECRET_FILE_VALUES=()
  for name in "${ALL_SECRETS[@]}"; do
    file=${FILE_VALUES[${name}_FILE]:-}
    [[ -n $file ]] || continue
    if [[ -n ${FILE_VALUES[$name]:-} ]]; then
      finding "$ENV_FILE sets both $name and ${name}_FILE" "one of them would win silently" "empty $name, or remove ${name}_FILE"
    elif ! read_secret_file "$file"; then
      finding "${name}_FILE in $ENV_FILE is refused" "$SECRET_FAULT" "$SECRET_REMEDY"
    elif [[ -z $SECRET_VALUE ]]; then
      finding "${name}_FILE in $ENV_FILE is refused" "the file $file is empty" "write the secret into $file"
    else
      SECRET_FILE_VALUES[$name]=$SECRET_VALUE
    fi
  done
}

# A variable that no part of the stack reads is most likely misspelt.
warn_of_unknown_variables() {
  local name
  local -a files=()
  IFS=: read -r -a files <<<"$(setting COMPOSE_FILE)"
  for name in "${!FILE_VALUES[@]}"; do
    [[ -v EXAMPLE_VALUES[$name] || " ${ALL_SECRETS[*]/%/_FILE} " == *" $name "* || $name == COMPOSE_* ]] && continue
    (cd "$ROOT" && grep -qs -- "\${$name\b" "${files[@]}") || warn "$name in $ENV_FILE is no variable of this stack (.env.example names them all): it has no effect."
  done
}

# Commands that look at a stack need one.
env_require() {
  env_read
  [[ $ENV_FILE_EXISTS == true ]] ||
    die "$EXIT_NOT_INITIALISED" "there is no stack here yet" "$ENV_FILE does not exist" "./stack up"
  validate_names
  die_of_findings
}

random_secret() {
  local secret=''
  while ((${#secret} < 43)); do # 43 characters of 62 are 256 bits
    secret+=$(head -c 64 /dev/urandom | base64 -w0 | tr -d '+/=')
  done
  printf '%s' "${secret:0:43}"
}

random_password() {
  local password
  while :; do
    password=$(random_secret)
    password=${password:0:24}
    [[ $password == *[a-z]* && $password == *[A-Z]* && $password == *[0-9]* ]] && break
  done
  printf '%s' "$password"
}

generate() {
  case $1 in
    STRAPI_APP_KEYS) printf '%s,%s,%s,%s' "$(random_secret)" "$(random_secret)" "$(random_secret)" "$(random_secret)" ;;
    STRAPI_ADMIN_PASSWORD | APP_ADMIN_PASSWORD) random_password ;;
    *) random_secret ;;
  esac
}

# Plans what the env file lacks; nothing is written yet. DATA_VOLUMES holds the data volumes that exist.
env_plan() {
  local name
  local -a missing=()
  if [[ $ENV_FILE_EXISTS == false && ${#DATA_VOLUMES[@]} -gt 0 ]]; then
    die "$EXIT_NOT_INITIALISED" "the env file $ENV_FILE is gone, but its data is still there (${DATA_VOLUMES[*]})" \
      "the data was made with the secrets of that file; new ones would not open it, so none are made" \
      "put the .env of a backup set back to $ENV_FILE, then ./stack up
or, to lose the data and begin afresh: ./stack down --volumes"
  fi
  plan_api_key
  for name in "${GENERATED_SECRETS[@]}"; do
    [[ -n ${FILE_VALUES[$name]:-}${FILE_VALUES[${name}_FILE]:-} ]] || missing+=("$name")
  done
  # Data from before there was a sign-in lacks its first user, who is made at the next start.
  if ((${#DATA_VOLUMES[@]})) && [[ ${missing[*]:-} == APP_ADMIN_PASSWORD ]]; then
    PENDING_VALUES[APP_ADMIN_PASSWORD]=$(generate APP_ADMIN_PASSWORD)
    NEW_APP_PASSWORD=${PENDING_VALUES[APP_ADMIN_PASSWORD]}
    return 0
  fi
  if ((${#missing[@]} && ${#DATA_VOLUMES[@]})); then
    for name in "${missing[@]}"; do
      finding "$name has no value in $ENV_FILE" \
        "the data in ${DATA_VOLUMES[*]} was made with it, so no new value is made" \
        "put its value back from a backup set's .env"
    done
    return 0
  fi
  for name in "${missing[@]}"; do PENDING_VALUES[$name]=$(generate "$name"); done
  NEW_ADMIN_PASSWORD=${PENDING_VALUES[STRAPI_ADMIN_PASSWORD]:-}
  NEW_APP_PASSWORD=${PENDING_VALUES[APP_ADMIN_PASSWORD]:-}
}

plan_api_key() {
  local key=${FILE_VALUES[ANTHROPIC_API_KEY]:-${SECRET_FILE_VALUES[ANTHROPIC_API_KEY]:-}} demo=${FILE_VALUES[DEMO_MODE]:-}
  [[ -n $key || -z ${FILE_VALUES[ANTHROPIC_API_KEY_FILE]:-} ]] || return 0 # read_secret_files has told of it
  if [[ -z $key && $demo != true && -n ${ANTHROPIC_API_KEY:-} ]]; then
    key=$ANTHROPIC_API_KEY
    PENDING_VALUES[ANTHROPIC_API_KEY]=$key
    API_KEY_TAKEN_OVER=true
  fi
  if [[ -z $key ]]; then
    # A stack that has data was given one or the other before: it isn't turned into a demo unasked.
    if [[ $demo == false || ($demo != true && ${#DATA_VOLUMES[@]} -gt 0) ]]; then
      finding "ANTHROPIC_API_KEY has no value in $ENV_FILE" "DEMO_MODE is not true, so Claude itself is asked, and that needs a key" \
        "set ANTHROPIC_API_KEY in $ENV_FILE, or DEMO_MODE=true to try the stack without one"
      return 0
    fi
    key=demo-$(random_secret)
    PENDING_VALUES[ANTHROPIC_API_KEY]=$key
  fi
  if [[ -z $demo ]]; then
    if [[ $key == demo-* ]]; then PENDING_VALUES[DEMO_MODE]=true; else PENDING_VALUES[DEMO_MODE]=false; fi
  fi
}

# Plain `docker compose up -d` is to boot the same topology as `stack up`, so COMPOSE_FILE follows the options, DEMO_MODE and where the secrets are.
DEVELOPMENT='' # true, false; empty: as COMPOSE_FILE says
env_plan_compose_file() {
  local standin hardened=${HARDENED_ASKED:-$(if is_hardened; then echo true; else echo false; fi)}
  [[ $(setting BACKUP_USER) == "$(backup_user)" ]] || PENDING_VALUES[BACKUP_USER]=$(backup_user)
  [[ -z $DEVELOPMENT ]] || plan_overlay "$DEV_COMPOSE_FILE" "$DEVELOPMENT"
  [[ -z $POINT_IN_TIME_ASKED ]] || plan_overlay "$PITR_COMPOSE_FILE" "$POINT_IN_TIME_ASKED"
  standin=$(setting DEMO_MODE)
  ! has_overlay "$TEST_COMPOSE_FILE" || standin=false # it brings the stand-in itself
  plan_overlay "$STANDIN_COMPOSE_FILE" "$standin"
  plan_overlay "$BACKUP_COMPOSE_FILE" "$(if [[ $(setting BACKUP_SCHEDULER) == service ]]; then echo true; else echo false; fi)"
  # The last word on ports.
  plan_overlay "$HARDENED_COMPOSE_FILE" "$hardened"
  # Right behind the first file: once Compose has merged a service's environment it takes no variable out of it any more.
  plan_overlay "$SECRETS_COMPOSE_FILE" "$(if secrets_are_files; then echo true; else echo false; fi)" first
  [[ $(setting COMPOSE_FILE) != "${FILE_VALUES[COMPOSE_FILE]:-}" ]] || unset 'PENDING_VALUES[COMPOSE_FILE]'
}

# plan_overlay FILE WANTED(true|false) [first]: puts an overlay of the project's at COMPOSE_FILE's end, or behind its first file, or takes it out.
# Others that the operator lists there stay.
plan_overlay() {
  local file wanted=''
  local -a files=()
  IFS=: read -r -a files <<<"$(setting COMPOSE_FILE)"
  for file in "${files[@]}"; do
    [[ $file == "$1" ]] || wanted+=${wanted:+:}$file
  done
  if [[ $2 == true && ${3:-} == first ]]; then
    wanted=${wanted%%:*}:$1$([[ $wanted != *:* ]] || printf ':%s' "${wanted#*:}")
  elif [[ $2 == true ]]; then
    wanted+=:$1
  fi
  PENDING_VALUES[COMPOSE_FILE]=$wanted
}

has_overlay() {
  [[ :$(setting COMPOSE_FILE): == *:"$1":* ]]
}

in_development() {
  has_overlay "$DEV_COMPOSE_FILE"
}

quoted_value() {
  if [[ $1 =~ ^[A-Za-z0-9_@%+=:,./-]*$ ]]; then printf '%s' "$1"; else printf "'%s'" "$1"; fi
}

# Writes what is pending: in place of the variable's line where there is one, so that comments and order stay; else at the end.
env_write() {
  local source=$ENV_FILE aside=$ENV_FILE.new.$$ line name content='' heading=$'\n# Added by ./stack\n'
  local -A left=()
  ((${#PENDING_VALUES[@]})) || [[ $ENV_FILE_EXISTS == false ]] || return 0
  [[ $ENV_FILE_EXISTS == true ]] || source=$EXAMPLE_FILE
  rm -f -- "$ENV_FILE".new.* # what a killed predecessor left
  for name in "${!PENDING_VALUES[@]}"; do left[$name]=1; done
  while IFS= read -r line || [[ -n $line ]]; do
    if [[ $line =~ ^([A-Za-z_][A-Za-z0-9_]*)= ]] && [[ -n ${left[${BASH_REMATCH[1]}]:-} ]]; then
      name=${BASH_REMATCH[1]}
      line=$name=$(quoted_value "${PENDING_VALUES[$name]}")
      unset "left[$name]"
    fi
    content+=$line$'\n'
  done <"$source"
  for name in $(printf '%s\n' "${!left[@]}" | sort); do
    content+=$heading$name=$(quoted_value "${PENDING_VALUES[$name]}")$'\n'
    heading=''
  done
  if ! (umask 077 && printf '%s' "$content" >"$aside" && sync -- "$aside" && keep_owner "$aside" && mv -f -- "$aside" "$ENV_FILE" && sync -- "$(dirname -- "$ENV_FILE")"); then
    rm -f -- "$aside"
    die "$EXIT_FAILED" "the env file $ENV_FILE can't be written" "see the message above; the file is as it was" "df -h $(dirname -- "$ENV_FILE")"
  fi
  for name in "${!PENDING_VALUES[@]}"; do FILE_VALUES[$name]=${PENDING_VALUES[$name]}; done
  PENDING_VALUES=()
  ENV_FILE_EXISTS=true
}

# Root completes another user's env file without taking it away from them.
keep_owner() {
  [[ $ENV_FILE_EXISTS == false || $EUID != 0 ]] || chown --reference="$ENV_FILE" -- "$1"
}

env_tighten_mode() {
  local mode
  [[ $ENV_FILE_EXISTS == true ]] || return 0
  mode=$(stat -c %a -- "$ENV_FILE")
  ((8#$mode & 8#177)) || return 0
  if chmod 600 -- "$ENV_FILE"; then
    say "$ENV_FILE held secrets in the reach of others (mode $mode): it is 600 now."
  else
    finding "$ENV_FILE has mode $mode, so others on this machine can read its secrets" "$(this_user) may not change that" "sudo chmod 600 $ENV_FILE"
  fi
}
