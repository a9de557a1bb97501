# shellcheck shell=bash
# What the env file's values must be like. A refused secret is named, never shown.

# shellcheck source=../docker/secrets/check-secrets
source "${BASH_SOURCE[0]%/*}/../docker/secrets/check-secrets"

readonly ORIGIN='https?://[^/, ]+'
readonly ALL_PORTS=(POSTGRES_PORT STRAPI_PORT EXPRESS_PORT FRONTEND_HTTP_PORT FRONTEND_HTTPS_PORT)
readonly DEV_PORTS=(STRAPI_DEBUG_PORT EXPRESS_DEBUG_PORT FRONTEND_DEV_PORT FRONTEND_HMR_PORT)

# The variables of the host ports that this stack publishes.
published_ports() {
  local name
  for name in "${ALL_PORTS[@]}"; do
    ! is_hardened || [[ $name == FRONTEND_* ]] || continue
    printf '%s\n' "$name"
  done
  ! in_development || printf '%s\n' "${DEV_PORTS[@]}"
}

# must_match NAME REGEX WHAT_IT_SHOULD_BE
must_match() {
  local value
  value=$(setting "$1")
  [[ $value =~ ^($2)$ ]] || finding "$1=$value is not usable" "it should be $3" "change $1 in $ENV_FILE"
}

# must_be_within NAME LEAST MOST WHAT_IT_COUNTS
must_be_within() {
  local value
  value=$(setting "$1")
  if ! [[ $value =~ ^(0|[1-9][0-9]{0,11})$ ]] || ((value < $2 || value > $3)); then
    finding "$1=$value is not usable" "it should be a number of $4, from $2 to $3" "change $1 in $ENV_FILE"
  fi
}

validate_names() {
  must_match STACK_NAME '[a-z0-9][a-z0-9_-]*' "lower-case letters, digits, - and _, beginning with a letter or digit"
  must_match DATA_ROOT '(\.|\.\.|/)(/.*)?|/.*' "an absolute path, or one beginning with ./ or ../ (taken from $ROOT)"
}

validate_images() {
  must_match IMAGE_PREFIX '[a-z0-9][a-z0-9._/:-]*' "the beginning of an image name, in lower case"
  must_match IMAGE_TAG '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}' "an image tag"
  must_match OFFICIAL_IMAGE_PREFIX '([a-z0-9][a-z0-9._/:-]*/)?' "empty, or the beginning of an image name up to a /"
}

validate_all() {
  validate_names
  validate_images
  must_match POSTGRES_DB '[A-Za-z_][A-Za-z0-9_]{0,62}' "letters, digits and _"
  must_match POSTGRES_USER '[A-Za-z_][A-Za-z0-9_]{0,62}' "letters, digits and _"
  must_match NODE_ENV 'production|development' "production or development"
  must_match NODE_VERSION '[0-9]+' "a major version, such as 20"
  must_match LOG_LEVEL 'trace|debug|info|warn|error' "one of trace, debug, info, warn, error"
  must_match STRAPI_LOG_LEVEL 'silly|debug|verbose|http|info|warn|error' "one of silly, debug, verbose, http, info, warn, error"
  must_match LOG_FORMAT 'json|text' "json or text"
  must_be_within MAX_WORKERS 1 1000 runs
  must_be_within REQUEST_TIMEOUT 1000 86400000 milliseconds
  must_match OTEL_EXPORTER_OTLP_ENDPOINT '(https?://[^][:space:]/?#@]+(/[^[:space:]?#@]*)?)?' "empty, or a collector's address, such as http://collector:4318"
  must_be_within RUN_EVENTS_DAYS 0 36500 days
  must_be_within RATE_LIMIT_REQUESTS 0 100000 "requests a second"
  must_be_within RATE_LIMIT_RUNS 0 100000 "runs a minute"
  must_be_within RATE_LIMIT_SIGN_INS 0 100000 "tries a minute"
  must_be_within STREAMS_PER_CLIENT 0 100000 streams
  must_be_within MAX_FILE_SIZE 1 2147483648 bytes
  must_match ADMIN_PATH '(/[A-Za-z0-9_-]+)+' "a path, such as /admin"
  must_match CORS_ORIGIN "$ORIGIN( *, *$ORIGIN)*" "origins such as https://example.org, separated by commas"
  must_match STRAPI_CORS_ORIGIN "\\*|$ORIGIN( *, *$ORIGIN)*" "origins such as https://example.org, separated by commas, or *"
  must_match VITE_STRAPI_URL '/|/[^/].*' "a path on the page's own origin, such as /strapi/api: the page talks to no other"
  must_match VITE_EXPRESS_URL '/|/[^/].*' "a path on the page's own origin, such as /api: the page talks to no other"
  must_match DEMO_MODE 'true|false' "true or false"
  must_match DATABASE_SSL 'true|false' "true or false"
  must_match STRAPI_ADMIN_EMAIL '[^@[:space:]]+@[^@[:space:]]+\.[^@[:space:]]+' "an e-mail address"
  must_match APP_ADMIN_EMAIL '[^@[:space:]]+@[^@[:space:]]+\.[^@[:space:]]+' "an e-mail address"
  must_match FRONTEND_BIND_ADDRESS '[0-9]{1,3}(\.[0-9]{1,3}){3}' "an IPv4 address, such as 127.0.0.1"
  must_match BIND_ADDRESS '[0-9]{1,3}(\.[0-9]{1,3}){3}' "an IPv4 address, such as 127.0.0.1"
  validate_schedule
  validate_exposure
  validate_ports
  validate_secrets
  validate_demo_mode
  if in_development && is_hardened; then
    finding "the development overlay and the hardened profile don't go together" "the first publishes debug ports, the second no port but the frontend's" \
      "./stack up --no-hardened, or ./stack up --no-dev"
  fi
  if [[ $(setting POSTGRES_USER) == express ]]; then
    finding "POSTGRES_USER=express is not usable" "express is the name of the service's own, lesser role" "choose another POSTGRES_USER in $ENV_FILE"
  fi
  if [[ $(setting DATABASE_SSL) == true ]]; then
    finding "DATABASE_SSL=true can't work" "the stack's PostgreSQL has no TLS: it is only reachable on its own backend network" "set DATABASE_SSL=false in $ENV_FILE"
  fi
}

validate_exposure() {
  local address
  address=$(setting FRONTEND_BIND_ADDRESS)
  [[ $address == 127.* ]] || [[ -s $(data_root)/ssl/fullchain.pem ]] ||
    warn "FRONTEND_BIND_ADDRESS=$address: other machines reach the web UI, and without a certificate passwords cross the network as they are. ./stack certificate makes one."
  address=$(setting BIND_ADDRESS)
  [[ $address == 127.* ]] || is_hardened || warn "BIND_ADDRESS=$address: PostgreSQL, Strapi and the service are in reach of other machines on their own ports; a firewall should stand before them."
}

validate_ports() {
  local name port
  local -A taken=()
  for name in $(published_ports); do
    port=$(setting "$name")
    if ! [[ $port =~ ^[1-9][0-9]{0,4}$ ]] || ((port > 65535)); then
      finding "$name=$port is not a port" "it should be a number from 1 to 65535" "change $name in $ENV_FILE"
    elif [[ -n ${taken[$port]:-} ]]; then
      finding "$name and ${taken[$port]} are both $port" "each needs a port of its own" "change one of them in $ENV_FILE"
    else
      taken[$port]=$name
    fi
  done
}

validate_secrets() {
  local name value
  load_secret_examples "$EXAMPLE_FILE"
  SECRET_OWNERS=()
  for name in "${ALL_SECRETS[@]}"; do
    value=$(setting "$name")
    [[ -n $value ]] || continue # env_plan and read_secret_files have told of it
    find_secret_fault "$name" "$value"
    [[ -z $SECRET_FAULT ]] || refuse_secret "$name" "$SECRET_FAULT"
  done
}

refuse_secret() { # NAME REASON
  local next="put a real value into $ENV_FILE" file=${FILE_VALUES[${1}_FILE]:-}
  [[ $1 == ANTHROPIC_API_KEY ]] || next="empty $1 in $ENV_FILE, and ./stack up makes one (or, where data was made with it, put the right value back)"
  [[ -z $file ]] || next="write another value into $file"
  finding "$1 is refused" "$2" "$next"
}

validate_demo_mode() {
  local key demo
  key=$(setting ANTHROPIC_API_KEY) demo=$(setting DEMO_MODE)
  [[ -n $key ]] || return 0
  if [[ $demo == true && $key != demo-* ]]; then
    finding "DEMO_MODE=true, but ANTHROPIC_API_KEY is not a demo key" "a real key has no business with the model's stand-in" \
      "set DEMO_MODE=false in $ENV_FILE to ask Claude, or empty ANTHROPIC_API_KEY to stay in demo mode"
  elif [[ $demo == false && $key == demo-* ]]; then
    finding "DEMO_MODE=false, but ANTHROPIC_API_KEY is a demo key" "Claude would refuse it" \
      "put a real key into ANTHROPIC_API_KEY in $ENV_FILE, or set DEMO_MODE=true"
  fi
}
