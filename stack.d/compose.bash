# shellcheck shell=bash
# The only ways in which `stack` speaks to the engine and to Compose: with an environment that holds nothing of the operator's shell.

clean_environment() {
  local name
  local -a keep=("PATH=$PATH" "HOME=${HOME:-/root}")
  for name in "${!DOCKER_@}" XDG_RUNTIME_DIR SSH_AUTH_SOCK TERM; do
    [[ -z ${!name:-} ]] || keep+=("$name=${!name}")
  done
  # What runs beside this script must not go on alone when the script is killed.
  if setpriv --pdeathsig TERM true 2>/dev/null; then DIE_WITH_US=(setpriv --pdeathsig TERM); else DIE_WITH_US=(); fi
  CLEAN_ENVIRONMENT=("${keep[@]}" LC_ALL=C DOCKER_BUILDKIT=1 DOCKER_CLI_HINTS=false)
}

# engine SECONDS ARGUMENTS…: a question that the engine has to answer in time.
engine() {
  local seconds=$1
  shift
  without_lock env -i "${CLEAN_ENVIRONMENT[@]}" timeout --kill-after=5 "$seconds" docker "$@"
}

# compose_arguments ARGUMENTS…: fills COMPOSE_COMMAND.
COMPOSE_COMMAND=()
compose_arguments() {
  local file name
  local -a files=()
  COMPOSE_COMMAND=(env -i "${CLEAN_ENVIRONMENT[@]}")
  if secrets_are_files; then
    # docker-compose.yml demands a value for each, although the overlay takes the variables out again.
    for name in "${ALL_SECRETS[@]}"; do COMPOSE_COMMAND+=("$name=stands-in-a-file"); done
    for name in "${!SECRET_MARKS[@]}"; do COMPOSE_COMMAND+=("SECRETS_MARK_${name^^}=${SECRET_MARKS[$name]}"); done
  fi
  COMPOSE_COMMAND+=(docker compose --project-directory "$ROOT" --env-file "$ENV_FILE" -p "$(setting STACK_NAME)")
  IFS=: read -r -a files <<<"$(setting COMPOSE_FILE)"
  for file in "${files[@]}"; do
    [[ $file == /* ]] || file=$ROOT/$file
    COMPOSE_COMMAND+=(-f "$file")
  done
  COMPOSE_COMMAND+=("$@")
}

compose() {
  compose_arguments "$@"
  without_lock "${COMPOSE_COMMAND[@]}"
}

# What belongs to the stack is known by its labels and names, whatever the compose files say by now.
stack_containers() { # FORMAT
  engine 30 ps -a --no-trunc --filter "label=com.docker.compose.project=$(setting STACK_NAME)" --filter label=com.docker.compose.service --filter label=com.docker.compose.oneoff=False --format "$1"
}

DATA_VOLUMES=()

# find_volumes ARRAY SUFFIX…: those of the stack's volumes that exist.
find_volumes() {
  local -n found=$1
  local all suffix name
  shift
  all=$(engine 30 volume ls -q) || die "$EXIT_ENVIRONMENT" "the engine does not list its volumes" "" "docker volume ls"
  found=()
  for suffix in "$@"; do
    name=$(setting STACK_NAME)-$suffix
    [[ $'\n'$all$'\n' != *$'\n'"$name"$'\n'* ]] || found+=("$name")
  done
}

find_data_volumes() {
  find_volumes DATA_VOLUMES postgres-data strapi-uploads
}
