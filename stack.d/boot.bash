# shellcheck shell=bash
# Starting the containers, and telling what is waited for and why.

readonly DEFAULT_BOOT_SECONDS=300 GIVE_UP_AFTER_DEATHS=3 SIGN_OF_LIFE_SECONDS=10
readonly STARTUP_ORDER=(postgres standin strapi express frontend backup)

COMPOSE_PROCESS='' EVENTS_PROCESS=''

service_state() { # SERVICE -> state|health|container id, or nothing
  stack_containers '{{.Label "com.docker.compose.service"}}|{{.State}}|{{.Status}}|{{.ID}}' | awk -F '|' -v s="$1" '
    $1 == s { h = ($3 ~ /\(healthy\)/) ? "healthy" : ($3 ~ /\(unhealthy\)/) ? "unhealthy" : ($3 ~ /health: starting/) ? "starting" : "none"
              print $2 "|" h "|" $4 }'
}

# What can't run on the data volume must not touch it, not even to refuse: another PostgreSQL than the one that made it, or another name of
# the database or its superuser.
check_database_volume() {
  local volume output
  volume=$(setting STACK_NAME)-postgres-data
  [[ " ${DATA_VOLUMES[*]} " == *" $volume "* ]] || return 0
  output=$(engine 60 run --rm --network none --read-only --user 70:70 --cap-drop ALL -v "$volume:/var/lib/postgresql/data:ro,nocopy" \
    -v "$ROOT/database/guard.sh:/usr/local/bin/database-guard:ro" -e PGDATA=/var/lib/postgresql/data/pgdata \
    -e "POSTGRES_DB=$(setting POSTGRES_DB)" -e "POSTGRES_USER=$(setting POSTGRES_USER)" \
    -e "POSTGRES_INITDB_ARGS=--encoding=UTF8 --locale=en_US.UTF-8" --entrypoint /usr/local/bin/database-guard "$(setting POSTGRES_IMAGE)" --check 2>&1) && return 0
  die "$EXIT_ENVIRONMENT" "the database ($(setting POSTGRES_IMAGE)) can't run on the volume $volume" "$output" \
    "change $ENV_FILE as said above, then ./stack up"
}

# already_up: every service runs, healthy, as the compose files, the settings and the images are now (Compose's own criterion, its config hash),
# and nothing else does. Compose would find the same, but takes two seconds to walk along the chain of health checks.
already_up() {
  local wanted containers service hash image health
  local -A current=()
  wanted=$(compose config --hash '*' 2>/dev/null) || return 1
  containers=$(stack_containers '{{.Label "com.docker.compose.service"}} {{.Label "com.docker.compose.config-hash"}} {{.Label "com.docker.compose.image"}} {{.Status}}') || return 1
  while read -r service hash image health; do
    [[ -n $service && $health == *'(healthy)'* ]] || return 1
    current[$service]="$hash $image"
  done <<<"$containers"
  while read -r service hash; do
    image=$(image_of_service "$service")
    [[ -n ${LOCAL_ID[$image]:-} && ${current[$service]:-} == "$hash ${LOCAL_ID[$image]}" ]] || return 1
    unset "current[$service]"
  done <<<"$wanted"
  ((${#current[@]} == 0))
}

declare -gA SERVICE_STARTED=() SERVICE_HEALTHY=() SERVICE_DEATHS=() SERVICE_STATUS=()

# boot SECONDS: returns once every container is healthy; else reports and exits.
boot() {
  local -i allowed=$1
  local events_fd log failure='' told=$SECONDS deadline status=0 since=$EPOCHREALTIME
  deadline=$((SECONDS + allowed))
  log=$(stack_log up)
  exec {events_fd}< <(
    exec {LOCK_FD}>&-
    exec "${DIE_WITH_US[@]}" env -i "${CLEAN_ENVIRONMENT[@]}" docker events --since "$since" --filter type=container --filter event=start --filter event=die \
      --filter event=health_status --filter "label=com.docker.compose.project=$(setting STACK_NAME)" \
      --format '{{index .Actor.Attributes "com.docker.compose.service"}}|{{.Action}}|{{.Actor.Attributes.exitCode}}' 2>/dev/null
  )
  EVENTS_PROCESS=$!
  compose_arguments up --detach --wait --no-build --pull never --remove-orphans
  (
    exec {LOCK_FD}>&-
    exec "${DIE_WITH_US[@]}" "${COMPOSE_COMMAND[@]}" >"$log" 2>&1 </dev/null
  ) &
  COMPOSE_PROCESS=$!
  while kill -0 "$COMPOSE_PROCESS" 2>/dev/null; do
    if next_line "$events_fd" 0.2; then
      show_event "$LINE"
      told=$SECONDS
    fi
    failure=$(crash_loop)
    ((SECONDS < deadline)) || failure="it was not healthy within the $allowed s that it is given (./stack up --timeout SECONDS)"
    [[ -z $failure ]] || break
    if ((SECONDS - told >= SIGN_OF_LIFE_SECONDS)); then
      told=$SECONDS
      show_waiting
    fi
  done
  [[ -z $failure ]] || kill -TERM "$COMPOSE_PROCESS" 2>/dev/null || true
  wait "$COMPOSE_PROCESS" || status=$?
  COMPOSE_PROCESS=''
  while next_line "$events_fd" 0.1; do show_event "$LINE"; done
  kill "$EVENTS_PROCESS" 2>/dev/null || true
  exec {events_fd}<&-
  EVENTS_PROCESS=''
  [[ -z $failure && $status == 0 ]] || report_boot_failure "$failure" "$log"
}

show_event() { # service|action|exit code
  local service action code
  IFS='|' read -r service action code <<<"$1"
  [[ -n $service ]] || return 0
  case $action in
    start)
      SERVICE_STARTED[$service]=$EPOCHREALTIME
      unset "SERVICE_HEALTHY[$service]"
      printf '  %-10s starting\n' "$service"
      ;;
    'health_status: healthy')
      [[ -z ${SERVICE_HEALTHY[$service]:-} ]] || return 0
      SERVICE_HEALTHY[$service]=1
      printf '  %-10s healthy%s\n' "$service" "${SERVICE_STARTED[$service]:+ after $(seconds_since "${SERVICE_STARTED[$service]}") s}"
      ;;
    'health_status: unhealthy')
      unset "SERVICE_HEALTHY[$service]"
      printf '  %-10s unhealthy\n' "$service"
      ;;
    die)
      unset "SERVICE_HEALTHY[$service]"
      # What Compose stops in order to re-create it has not crashed.
      [[ -n ${SERVICE_STARTED[$service]:-} ]] || return 0
      SERVICE_DEATHS[$service]=$((${SERVICE_DEATHS[$service]:-0} + 1)) SERVICE_STATUS[$service]=$code
      printf '  %-10s ended with status %s\n' "$service" "$code"
      ;;
  esac
}

crash_loop() {
  local service
  for service in "${!SERVICE_DEATHS[@]}"; do
    ((SERVICE_DEATHS[$service] < GIVE_UP_AFTER_DEATHS)) ||
      printf 'it ended with status %s, %d times in a row' "${SERVICE_STATUS[$service]}" "${SERVICE_DEATHS[$service]}"
  done
}

show_waiting() {
  local service
  for service in "${!SERVICE_STARTED[@]}"; do
    [[ -n ${SERVICE_HEALTHY[$service]:-} ]] || printf '  %-10s is still starting (%s s): its health check does not pass yet\n' "$service" "$(seconds_since "${SERVICE_STARTED[$service]}")"
  done
}

# The first service, in the order of dependencies, that was started and is not well: the others wait for it.
boot_culprit() {
  local service state
  for service in "${STARTUP_ORDER[@]}"; do
    state=$(service_state "$service")
    case $state in
      '' | created\|* | running\|healthy\|*) ;;
      *)
        printf '%s|%s\n' "$service" "$state"
        return 0
        ;;
    esac
  done
}

report_boot_failure() {
  local failure=$1 log=$2 culprit service state health id why waiting
  culprit=$(boot_culprit)
  if [[ -z $culprit ]]; then
    die "$EXIT_FAILED" "the stack did not come up" "${failure:-$(tail -n 5 -- "$log")}" "./stack status    (all of Compose's words are in $log)"
  fi
  IFS='|' read -r service state health id <<<"$culprit"
  why=${failure:-$(failure_reason "$service" "$state" "$health" "$id")}
  why+=$(last_probe "$id")
  waiting=$(stack_containers '{{.Label "com.docker.compose.service"}}|{{.State}}' | awk -F '|' '$2 == "created" { printf "%s%s", (n++ ? ", " : ""), $1 }')
  printf '\nThe last lines of %s:\n' "$service" >&2
  { engine 30 logs --tail 20 "$id" 2>&1 || true; } | sed 's/^/  | /' >&2
  die "$EXIT_FAILED" "$service did not become healthy${waiting:+; not started because of it: $waiting}" "$why" "./stack logs $service"
}

failure_reason() { # SERVICE STATE HEALTH CONTAINER
  local code killed restarts
  IFS='|' read -r code killed restarts <<<"$(engine 30 inspect --format '{{.State.ExitCode}}|{{.State.OOMKilled}}|{{.RestartCount}}' "$4")"
  if [[ $killed == true ]]; then
    printf 'it outgrew its memory limit and was killed'
  elif [[ $2 != running ]]; then
    printf 'it is %s: it ended with status %s and was restarted %s times' "$2" "$code" "$restarts"
  elif [[ -n ${SERVICE_STATUS[$1]:-} ]]; then
    printf 'it ended with status %s, was started again, and is %s' "${SERVICE_STATUS[$1]}" "$3"
  else
    printf 'it runs, but is %s' "$3"
  fi
}

last_probe() { # CONTAINER
  local probe
  probe=$(engine 30 inspect --format '{{with .State.Health}}{{range .Log}}{{.ExitCode}} {{json .Output}}{{"\n"}}{{end}}{{end}}' "$1" | sed '/^$/d' | tail -n 1)
  [[ -z $probe || $probe == 0\ * ]] || printf '\nits health check last said (status %s): %.500s' "${probe%% *}" "${probe#* }"
}

stop_boot() {
  if [[ -n $COMPOSE_PROCESS ]]; then
    kill -TERM "$COMPOSE_PROCESS" 2>/dev/null || true
    problem "interrupted" "containers that were started go on, the others don't start" "./stack up, or ./stack down"
  fi
  [[ -z $EVENTS_PROCESS ]] || kill -TERM "$EVENTS_PROCESS" 2>/dev/null || true
}

front_door() {
  local port
  port=$(setting FRONTEND_HTTP_PORT)
  if [[ $port == 80 ]]; then printf 'http://localhost'; else printf 'http://localhost:%s' "$port"; fi
}

say_welcome() {
  local url
  url=$(front_door)
  printf '\n  Web UI         %s\n' "$url"
  if is_hardened; then
    printf '  Strapi admin   not published in the hardened profile; ./stack up --no-hardened publishes it\n'
  else
    printf '  Strapi admin   http://localhost:%s%s   (%s)\n' "$(setting STRAPI_PORT)" "$(setting ADMIN_PATH)" "$(setting STRAPI_ADMIN_EMAIL)"
  fi
  show_administrator
  ! in_development || say_development
  printf '  Base           %s\n  PostgreSQL     %s\n' "$(image_origin debian)" "$(image_origin postgres)"
  printf '\nTry next: open the page, or\n\n'
  printf "  TOKEN=\$(./stack token 'my first token')\n"
  printf "  curl -s %s/api/agents -H \"Authorization: Bearer \$TOKEN\"\n" "$url"
  say_demo_mode
}

say_development() {
  printf '  Development    Vite http://localhost:%s, its updates on %s; debuggers: Node on 127.0.0.1:%s, Java on 127.0.0.1:%s   (./stack up --no-dev: production)\n' \
    "$(setting FRONTEND_DEV_PORT)" "$(setting FRONTEND_HMR_PORT)" "$(setting STRAPI_DEBUG_PORT)" "$(setting EXPRESS_DEBUG_PORT)"
}

# The generated passwords are shown once, whatever becomes of the start that made them.
show_administrator() {
  if [[ -n $NEW_APP_PASSWORD && -n ${FILE_VALUES[APP_ADMIN_PASSWORD]:-} ]]; then
    printf '  Sign in as     %s, password %s   (shown this once; it is in %s)\n' "$(setting APP_ADMIN_EMAIL)" "$NEW_APP_PASSWORD" "$ENV_FILE"
    NEW_APP_PASSWORD=''
  fi
  if [[ -n $NEW_ADMIN_PASSWORD && -n ${FILE_VALUES[STRAPI_ADMIN_PASSWORD]:-} ]]; then
    printf '  to Strapi as   %s, password %s   (the same)\n' "$(setting STRAPI_ADMIN_EMAIL)" "$NEW_ADMIN_PASSWORD"
    NEW_ADMIN_PASSWORD=''
  fi
}

say_demo_mode() {
  [[ $(setting DEMO_MODE) == true ]] || return 0
  printf '\nDEMO MODE: a stand-in answers in place of Claude; what it says is made up, and costs nothing. To ask Claude, set in %s\n' "$ENV_FILE"
  printf '  ANTHROPIC_API_KEY=<your key>\n  DEMO_MODE=false\nand run ./stack up again.\n'
}
