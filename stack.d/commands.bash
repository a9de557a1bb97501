# shellcheck shell=bash
# The command line: each command's options, help and course.

readonly COMMANDS=(up down status logs backup backups verify restore recover prune copy token certificate prepare push acceptance help)

help_summary() {
  case $1 in
    up) echo "build what is missing, start the stack, wait until it is healthy" ;;
    down) echo "stop the stack; its data stays" ;;
    status) echo "each service's health, since when, restarts, memory, image; how the backups are" ;;
    logs) echo "what the services log" ;;
    backup) echo "make a backup set: database, uploads, settings, with a signed manifest" ;;
    backups) echo "the backup sets, and which of them are verified" ;;
    verify) echo "prove a backup set by restoring it into a throwaway server" ;;
    restore) echo "put a backup set in the place of all data" ;;
    recover) echo "make a backup set of what the database held at a moment" ;;
    copy) echo "hand a backup set to BACKUP_COPY_TO and BACKUP_HOOK once more" ;;
    prune) echo "drop the backup sets, and what is archived, that retention no longer wants" ;;
    token) echo "make an API token, for a program that speaks to the service" ;;
    certificate) echo "make a self-signed certificate, so that the web UI is served over HTTPS" ;;
    prepare) echo "all that 'docker compose up -d' needs: env file, folders, images" ;;
    push) echo "build the images of this revision, named after it, and push them to IMAGE_PREFIX's registry" ;;
    acceptance) echo "prove the promises on stacks of the suite's own, and report which hold" ;;
    help) echo "this, or a command's own help" ;;
  esac
}

help_all() {
  local command
  printf 'Usage: ./stack [--env-file FILE] COMMAND [OPTION…]\n\n'
  for command in "${COMMANDS[@]}"; do printf '  %-11s %s\n' "$command" "$(help_summary "$command")"; done
  cat <<'TEXT'

  ./stack COMMAND --help tells a command's options.

  --env-file FILE   the stack's settings and secrets (default: .env beside this script, or STACK_ENV_FILE). Another file with another
                    STACK_NAME is another stack.

Exit codes: 0 done; 1 failed; 2 wrong usage; 10 not initialised; 11 another command is at work; 12 wrong key; 13 verification failed;
20 the machine or the settings don't allow it.
TEXT
}

help_of() {
  printf 'Usage: ./stack %s%s\n\n  %s\n\n' "$1" "$2" "$(help_summary "$1")"
}

help_up() {
  help_of up ' [--no-install] [--build] [--dev|--no-dev] [--hardened|--no-hardened] [--point-in-time|--no-point-in-time] [--yes] [--timeout SECONDS]'
  cat <<TEXT
Checks the machine and the settings first, and tells all that is wrong at once. Makes .env at the first start. Run again it does what is
missing, and re-creates only the containers whose image or settings changed.

  --no-install        install nothing on this machine, and start no engine: say what is missing instead
  --build             build every image, also those whose sources have not changed
  --dev, --no-dev     add or remove docker-compose.dev.yml in COMPOSE_FILE: sources mounted, debuggers on loopback (docs/development.md)
  --timeout SECONDS   how long the containers have to become healthy (default $DEFAULT_BOOT_SECONDS)
  --hardened          from now on, the backend network has no way out and no host port is published but the frontend's
  --no-hardened       from now on, no longer
  --point-in-time     from now on, the database archives its write-ahead log, for ./stack recover
  --no-point-in-time  from now on, no longer
  --yes               don't ask before a running stack is switched from one to the other
TEXT
}

help_down() {
  help_of down ' [--volumes [--yes]]'
  cat <<'TEXT'
  --volumes   remove the stack's volumes too: all agents, runs, chats and uploads. Asks first
  --yes       don't ask
TEXT
}

help_status() {
  help_of status ' [--json]'
  cat <<'TEXT'
  --json   one JSON object, with an array `services`

Exit codes: 0 every service is healthy; 1 one is not, or a scheduled backup was missed or failed; 10 there is no stack here yet.
TEXT
}

help_logs() {
  help_of logs ' [-f] [--tail LINES] [SERVICE…]'
  cat <<'TEXT'
  -f, --follow    go on as lines are written
  --tail LINES    only the last lines of each service
TEXT
}

help_prepare() {
  help_of prepare ' [--no-install] [--build] [--dev | --no-dev]'
  echo "The options are those of up. Afterwards 'docker compose up -d' starts the stack, too."
}

help_push() {
  help_of push ' [--dirty]'
  cat <<'TEXT'
All images are built from this checkout, labelled with its revision, tagged <IMAGE_PREFIX><image>:<revision> and pushed. On the machine
that is to run them, set IMAGE_PREFIX and IMAGE_TAG=<revision> in .env; then ./stack up pulls them and builds nothing. Nothing that runs
here changes. Without git history, VCS_REF and BUILD_DATE in the environment tell the revision and its time.

  --dirty   push also what differs from the revision, as <revision>-dirty
TEXT
}

help_acceptance() {
  help_of acceptance ' [--full] [--live] [--only FAMILY|PROMISE…]'
  cat <<TEXT
Needs Maven and a JDK 25. This stack, its data and its settings are not touched. The report lies in
$ACCEPTANCE_REPORT: report.html, report.md, report.json and junit.xml.

  --full                   everything, where a plain run takes samples
  --live                   ask the real Messages API too, for two short runs, with the ANTHROPIC_API_KEY of $ENV_FILE, which pays for them
  --only FAMILY|PROMISE…   only the tests of these: NET, or STA-1 STA-2

Exit codes: 0 nothing is broken; 1 a promise is broken; 2 wrong usage; 20 the suite could not do its work here, which says nothing of the
promises.
TEXT
}

help_backup() {
  help_of backup ' [--scheduled]'
  cat <<'TEXT'
  --scheduled   for cron: also verify the set and prune, and note how it went for ./stack status

The set is a folder below DATA_ROOT/database/backups, named after its time (UTC). The stack goes on meanwhile. It holds the secrets of .env:
encrypted where BACKUP_RECIPIENT is an age recipient, else as they are, readable by you alone.

After ./stack up --point-in-time a base backup is made as well, so that each moment after it can be recovered.

Exit codes: 0 the set is made; 1 it is not, and nothing is left of it (or only the base backup is missing); 11 another command is at work;
13 the set does not verify; 20 too little space.
TEXT
}

help_copy() {
  help_of copy ' SET'
  cat <<'TEXT'
BACKUP_COPY_TO is a folder, into which the set is copied and compared with its manifest there. BACKUP_HOOK is a program of yours, run with
the set's folder as its argument. Each backup does this by itself; a set that is there already is not copied again.

Exit codes: 0 handed over; 1 not; 13 the copy is not what was copied.
TEXT
}

help_token() {
  help_of token ' NAME [--user EMAIL] [--days DAYS]'
  cat <<'TEXT'
The token is printed once, and kept nowhere but as a hash. Programs send it as: Authorization: Bearer TOKEN. The web UI lists tokens by their
names, and revokes them.

  --user EMAIL   whose token it is (default: APP_ADMIN_EMAIL); it may do what that user may
  --days DAYS    in how many days it runs out (default: never)
TEXT
}

help_certificate() {
  help_of certificate ' [--days DAYS] [--replace] [HOST…]'
  cat <<TEXT
HOST is a name or an IPv4 address by which browsers reach this machine (default: localhost 127.0.0.1). The certificate and its key go to ssl/
below DATA_ROOT; a running frontend is restarted, serves HTTPS from then on, and leads HTTP there. For a certificate that browsers know, put
your own fullchain.pem and privkey.pem there instead.

  --days DAYS   for how long it is good (default: $USUAL_CERTIFICATE_DAYS, at most $MOST_CERTIFICATE_DAYS)
  --replace     also where there is a certificate already
TEXT
}

help_backups() {
  help_of backups ' [--json]'
  cat <<'TEXT'
  --json   one JSON object, with an array `sets`
TEXT
}

help_verify() {
  help_of verify ' SET'
  cat <<'TEXT'
Every table's rows, every index and every upload are compared with what the manifest says, in a server without a network that is gone
afterwards. The running stack is not touched. The result is kept beside the set.

Exit codes: 0 verified; 12 the set was signed with another key; 13 it is damaged, or does not restore to what it was made of.
TEXT
}

help_restore() {
  help_of restore ' SET [--adopt-keys [--identity FILE]] [--no-restore-point] [--yes]'
  cat <<'TEXT'
Everything is checked before anything is touched: the set's checksums and signature, its server's version, its keys, the space. It is then
loaded beside the data that is in force and compared with its manifest; only then are the services stopped, for as long as it takes to
put the one in the place of the other. Cut short, it is finished or undone by the next command.

  --adopt-keys         where the set was made with other data keys (STRAPI_APP_KEYS and its like): take them over into .env. The database's
                       password and the ports stay those of this host
  --identity FILE      the age identity that the set's secrets are encrypted for
  --no-restore-point   don't make a backup set of the data that is about to be replaced
  --yes                don't ask

Exit codes: 0 restored; 1 not, and the data of before is in force; 12 other keys; 13 the set is damaged; 20 newer server, or too little space.
TEXT
}

help_recover() {
  help_of recover ' TIME'
  cat <<'TEXT'
TIME is in UTC, such as 2026-01-02T03:04:05Z or 2026-01-02T03:04:05.678Z. What was committed up to then, and nothing later, becomes a backup set,
which ./stack restore SET puts in the place of all data. The running stack is not touched. It takes a base backup from before that moment, and
the write-ahead log that the database has archived since: ./stack up --point-in-time, then ./stack backup. Uploads are taken from the stack, or
from the sets that still hold them; those that are nowhere are listed in the set's uploads.misfits.

Exit codes: 0 the set is made; 1 the archive ends before TIME; 2 TIME is none, in the future, or before all that is archived; 13 the archive is
damaged, or lacks a segment that is needed; 20 another PostgreSQL, or too little space.
TEXT
}

help_prune() {
  help_of prune ' [--dry-run]'
  cat <<'TEXT'
Keeps the newest set of each of the last 30 days, 12 weeks and 12 months that have one, in UTC, and the newest verified one, however old.
Drops no folder that it doesn't understand, and nothing while the newest backup failed. Of the archive it keeps what the moments of the last
7 days need, and the two newest base backups.

  --dry-run   print what would stay, and why, and drop nothing
TEXT
}

help_help() {
  help_all
}

main() {
  local env_file=${STACK_ENV_FILE:-$ROOT/.env} command
  local -a words=()
  while (($#)); do
    case $1 in
      --env-file)
        (($# > 1)) || die_usage "--env-file needs a file"
        env_file=$2
        shift
        ;;
      --env-file=*) env_file=${1#*=} ;;
      *) words+=("$1") ;;
    esac
    shift
  done
  shopt -s extglob inherit_errexit
  trap 'report_unexpected "$?" "${BASH_SOURCE[0]}" "$LINENO"' ERR
  trap tidy_up EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  command=${words[0]:-help}
  case $command in
    -h | --help) command=help ;;
  esac
  [[ " ${COMMANDS[*]} " == *" $command "* ]] || die_usage "there is no command $command"
  words=("${words[@]:1}")
  if [[ " ${words[*]} " == *" --help "* || " ${words[*]} " == *" -h "* ]]; then
    "help_$command"
    return 0
  fi
  env_locate "$env_file"
  clean_environment
  "cmd_$command" "${words[@]}"
}

tidy_up() {
  trap - ERR
  stop_builds
  stop_boot
  show_administrator
}

cmd_help() {
  if (($# == 0)); then
    help_all
  elif [[ $# == 1 && " ${COMMANDS[*]} " == *" $1 "* ]]; then
    "help_$1"
  else
    die_usage "there is no command $1"
  fi
}

NO_INSTALL=false FORCE_BUILD=false BOOT_SECONDS=$DEFAULT_BOOT_SECONDS

cmd_up() {
  local started=$EPOCHREALTIME
  while (($#)); do
    case $1 in
      --no-install) NO_INSTALL=true ;;
      --build) FORCE_BUILD=true ;;
      --dev) DEVELOPMENT=true ;;
      --no-dev) DEVELOPMENT=false ;;
      --timeout)
        [[ ${2:-} =~ ^[1-9][0-9]{0,4}$ ]] || die_usage "--timeout needs a number of seconds" up
        BOOT_SECONDS=$2
        shift
        ;;
      --hardened) HARDENED_ASKED=true ;;
      --no-hardened) HARDENED_ASKED=false ;;
      --point-in-time) POINT_IN_TIME_ASKED=true ;;
      --no-point-in-time) POINT_IN_TIME_ASKED=false ;;
      --yes | -y) SWITCH_AGREED=true ;;
      *) die_usage "up has no option $1" up ;;
    esac
    shift
  done
  lock_stack up
  make_ready true
  switch_profile
  settle_restore
  if [[ ${#JOURNAL[@]} == 0 ]] && already_up; then
    say "$(setting STACK_NAME) is up already, all services are healthy ($(seconds_since "$started") s)."
  else
    check_database_volume
    say "Starting $(setting STACK_NAME)"
    boot "$BOOT_SECONDS"
    clear_restore
    drop_replaced_images
    say "All services are healthy ($(seconds_since "$started") s in all)."
  fi
  # Also where no container changes: cron's schedule is none of theirs.
  begin_schedule
  say_welcome
}

cmd_prepare() {
  while (($#)); do
    case $1 in
      --no-install) NO_INSTALL=true ;;
      --build) FORCE_BUILD=true ;;
      --dev) DEVELOPMENT=true ;;
      --no-dev) DEVELOPMENT=false ;;
      *) die_usage "prepare has no option $1" prepare ;;
    esac
    shift
  done
  lock_stack prepare
  make_ready false
  ! read_journal || die "$EXIT_FAILED" "$(describe_interrupted_restore)" "docker compose would start the services on it as it is" "./stack up"
  if secrets_are_files; then
    say "Ready: ./stack up (Compose alone knows nothing of secret files)"
  else
    say "Ready: ./stack up, or in $ROOT: docker compose$([[ $ENV_FILE == "$ROOT/.env" ]] || echo " --env-file $ENV_FILE") up -d"
  fi
  drop_replaced_images
  show_administrator
  say_demo_mode
}

cmd_push() {
  local dirty=false started=$EPOCHREALTIME
  local -a plugins=()
  while (($#)); do
    case $1 in
      --dirty) dirty=true ;;
      *) die_usage "push has no option $1" push ;;
    esac
    shift
  done
  lock_stack push
  env_require
  engine_answers || die "$EXIT_ENVIRONMENT" "the engine does not answer" "$ENGINE_ERROR" "./stack prepare"
  read -r -a plugins <<<"$(plugins_missing)"
  ((${#plugins[@]} == 0)) || finding "docker lacks ${plugins[*]}" "images are built with it" "./stack prepare"
  validate_images
  validate_push
  find_release_name "$dirty"
  check_disk true
  die_of_findings
  # In this process alone: what this machine runs keeps its own tag.
  RELEASING=true FILE_VALUES[IMAGE_TAG]=$REVISION VCS_REF=$REVISION BUILD_DATE=$REVISION_DATE
  decide_debian_image
  env_write
  build_images
  say "Pushing revision $REVISION to $(registry_name)"
  push_release
  say "Pushed in $(seconds_since "$started") s. On the machine that is to run it, in .env:"
  printf '\n  IMAGE_PREFIX=%s\n  IMAGE_TAG=%s\n\nthen ./stack up\n' "$(setting IMAGE_PREFIX)" "$REVISION"
}

# make_ready WILL_BIND_PORTS(true|false): the preflight, then all that has to be there before containers start.
make_ready() {
  local build=true
  local -a plugins=()
  env_read
  if ! engine_answers; then
    make_engine_ready
  fi
  read -r -a plugins <<<"$(plugins_missing)"
  if ((${#plugins[@]})) && [[ $NO_INSTALL == true ]]; then
    finding "docker lacks ${plugins[*]} (Compose $MIN_COMPOSE_VERSION or newer, and buildx, are needed)" "" \
      "install them with this system's package manager, or run this without --no-install"
  fi
  if [[ $ENV_SYNTAX_OK == true ]]; then
    find_data_volumes
    env_plan
    env_plan_compose_file
    validate_all
    warn_of_unknown_variables
    validate_release
    must_build || build=false
    check_certificate
    if [[ $1 == true ]]; then
      check_ports
      plan_switch
    elif network_differs; then
      warn "the network $(setting STACK_NAME)-backend is not that of the $(profile_name) profile, and docker compose leaves it as it is: only ./stack up switches it."
    fi
  fi
  check_machine "$build"
  check_disk "$build"
  die_of_findings
  agree_to_switch

  ((${#plugins[@]} == 0)) || plugins_install "${plugins[@]}"
  env_tighten_mode
  die_of_findings
  decide_input_images
  settle_env_file
  if is_release; then
    provide_release
  elif [[ $build == true || $FORCE_BUILD == true ]]; then
    build_images
  fi
  make_folders
  lay_out_secrets
  [[ $(setting BACKUP_SCHEDULER) != service ]] || lay_out_backup_settings
}

# The engine isn't there: say what can be done, or do it. What would stop the stack anyway is told before anything is installed.
make_engine_ready() {
  local remedy
  remedy=$(engine_remedy)
  check_machine false
  if [[ $NO_INSTALL == true || ($remedy != install && $remedy != start) ]]; then
    engine_finding "$remedy"
    die_of_findings
  fi
  die_of_findings
  if [[ $remedy == install ]]; then engine_install; fi
  engine_start
}

must_build() {
  ! is_release || return 1
  [[ -n $(setting DEBIAN_IMAGE) && -n $(setting POSTGRES_IMAGE) ]] || return 0
  read_local_images
  [[ -n $(images_stale) ]] || ! input_image_is_here DEBIAN_IMAGE || { ! postgres_is_ours && ! input_image_is_here POSTGRES_IMAGE; }
}

settle_env_file() {
  local created=false made=0 name
  [[ $ENV_FILE_EXISTS == true ]] || created=true
  for name in "${GENERATED_SECRETS[@]}"; do
    [[ -z ${PENDING_VALUES[$name]:-} ]] || made=$((made + 1))
  done
  env_write
  if [[ $created == true ]]; then
    say "Made $ENV_FILE with $made new secrets. Keep it: the data can't be opened without it."
  elif ((made)); then
    say "Completed $ENV_FILE with $made new secrets. Keep it: the data can't be opened without it."
  fi
  [[ $API_KEY_TAKEN_OVER == false ]] || say "ANTHROPIC_API_KEY was taken over from your environment into $ENV_FILE."
}

cmd_acceptance() {
  local full=false live=false
  local -a only=()
  while (($#)); do
    case $1 in
      --full) full=true ;;
      --live) live=true ;;
      --only)
        while (($# > 1)) && [[ $2 != -* ]]; do
          only+=("$2")
          shift
        done
        ((${#only[@]})) || die_usage "--only needs a family or a promise" acceptance
        ;;
      *) die_usage "acceptance has no option $1" acceptance ;;
    esac
    shift
  done
  acceptance_wanted "${only[@]}"
  acceptance_tools
  [[ $live == false ]] || acceptance_live_key
  run_acceptance "$full"
}

cmd_down() {
  local volumes=false yes=false answer name stack
  local -a arguments=(--remove-orphans) left=()
  while (($#)); do
    case $1 in
      --volumes | -v) volumes=true ;;
      --yes | -y) yes=true ;;
      *) die_usage "down has no option $1" down ;;
    esac
    shift
  done
  lock_stack down
  env_read
  validate_names
  [[ $ENV_SYNTAX_OK == true ]] || die_of_findings
  stack=$(setting STACK_NAME)
  engine_answers || die "$EXIT_ENVIRONMENT" "the engine does not answer" "$ENGINE_ERROR" "docker info"
  if [[ $volumes == true && $yes == false ]]; then
    [[ -t 0 ]] || die_usage "down --volumes destroys all data of the stack $stack; without a terminal to ask on, say so with --yes" down
    printf 'This destroys all data of the stack %s: agents, runs, chats, uploads. There is no way back but a backup.\nType its name to go on: ' "$stack"
    read -r answer || answer=''
    [[ $answer == "$stack" ]] || die "$EXIT_FAILED" "nothing was removed" "the answer was not $stack" ""
  fi
  [[ $volumes == false ]] || arguments+=(--volumes)
  # Compose finds what belongs to the stack by its labels, so this works without the env file, and whatever became of the compose files.
  (cd / && without_lock env -i "${CLEAN_ENVIRONMENT[@]}" docker compose --project-directory / -p "$stack" down "${arguments[@]}") ||
    die "$EXIT_FAILED" "the stack $stack is not wholly down" "see Compose's message above" "./stack status"
  if [[ $volumes == true ]]; then
    find_volumes left postgres-data strapi-uploads strapi-cache express-cache nginx-cache
    for name in "${left[@]}"; do
      engine 60 volume rm "$name" >/dev/null || die "$EXIT_FAILED" "the volume $name could not be removed" "see the engine's message above" "docker ps -a --filter volume=$name"
    done
    say "$stack is down, and its data is gone.$([[ $ENV_FILE_EXISTS == false ]] || echo " $ENV_FILE stays.")"
  else
    say "$stack is down. Its data stays in its volumes: ./stack up brings it back."
  fi
}

cmd_status() {
  local json=false
  while (($#)); do
    case $1 in
      --json) json=true ;;
      *) die_usage "status has no option $1" status ;;
    esac
    shift
  done
  env_require
  engine_answers || die "$EXIT_ENVIRONMENT" "the engine does not answer" "$ENGINE_ERROR" "./stack up"
  read_status
  read_schedule
  if [[ $json == true ]]; then show_status_json; else show_status; fi
  if ! all_healthy || ! schedule_is_well; then exit "$EXIT_FAILED"; fi
}

cmd_logs() {
  local -a arguments=()
  while (($#)); do
    case $1 in
      -f | --follow) arguments+=(--follow) ;;
      --tail)
        [[ ${2:-} =~ ^[0-9]+$ ]] || die_usage "--tail needs a number of lines" logs
        arguments+=(--tail "$2")
        shift
        ;;
      -*) die_usage "logs has no option $1" logs ;;
      *) arguments+=("$1") ;;
    esac
    shift
  done
  env_require
  local -i status=0
  # Compose clears the terminal's line before each of its own, also where there is no terminal.
  if [[ -t 1 ]]; then
    compose logs "${arguments[@]}" || status=$?
  else
    compose logs --no-color "${arguments[@]}" | sed -u $'s/^\\x1b\\[2K//' || status=$?
  fi
  # Interrupted, or read by a program that had enough.
  ((status == 0 || status == 130 || status == 141)) || die "$EXIT_FAILED" "the logs can't be shown" "see Compose's message above" "./stack status"
}
