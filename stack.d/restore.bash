# shellcheck shell=bash
# A restore is all or nothing. Its journal says at every moment whether the old data is in force or the new, and whoever comes next after
# a restore that was cut short finishes or undoes it by that, before anything starts.
#
#   loading    the old data is in force; the set is loaded beside it
#   swapping   the services are stopped, uploads and databases change places; the renaming of the databases, one transaction, decides
#   new        the new data is in force, and its services are to start
#   undoing    the old data is in force again, or about to be
#   clearing   the new data is in force for good; what is left of the old is removed

declare -gA JOURNAL=()
readonly JOURNAL_FIELDS=(set phase new old live adopt begun)
readonly UPLOADS_OWNER=10001:10001 RESTORE_SPACE_MARGIN=$((256 * 1024 * 1024))

journal_file() {
  stack_state "restore-$(setting STACK_NAME)"
}

staged_env_file() {
  stack_state "restore-$(setting STACK_NAME).env"
}

env_before_restore() {
  stack_state "before-restore-$(setting STACK_NAME).env"
}

read_journal() {
  local file name value
  JOURNAL=()
  file=$(journal_file)
  [[ -r $file ]] || return 1
  while IFS='=' read -r name value; do
    # shellcheck disable=SC2004 # an associative array's key is no arithmetic
    [[ " ${JOURNAL_FIELDS[*]} " != *" $name "* ]] || JOURNAL[$name]=$value
  done <"$file"
  [[ -n ${JOURNAL[phase]:-} ]]
}

# enter PHASE: from now on this is what the next command will find.
enter() {
  local name
  JOURNAL[phase]=$1
  for name in "${JOURNAL_FIELDS[@]}"; do printf '%s=%s\n' "$name" "${JOURNAL[$name]}"; done | write_secret "$(journal_file)" ||
    die "$EXIT_FAILED" "the restore's journal can't be written" "see the message above" "./stack up"
  phase "restore-$1"
}

# What an operator has to know of a restore that was cut short; nothing where there was none.
describe_interrupted_restore() {
  local data
  read_journal || return 0
  case ${JOURNAL[phase]} in
    loading | undoing) data="the data of before is in force" ;;
    swapping) data="whether the data of before or the set's is in force is told by the database, which is asked first" ;;
    new | clearing) data="the set's data is in force" ;;
    *) data="its journal says ${JOURNAL[phase]}" ;;
  esac
  printf 'A restore of the set %s was cut short: %s. ./stack up puts this in order first.\n' "${JOURNAL[set]}" "$data"
}

interrupted_restore_json() {
  if read_journal; then
    printf '{"set":%s,"phase":%s}' "$(json_string "${JOURNAL[set]}")" "$(json_string "${JOURNAL[phase]}")"
  else
    printf 'null'
  fi
}

# Of a `stack` that was killed a step may still be at work: it goes before another is taken.
end_orphans() {
  engine 60 rm -f -v "$(restore_worker)" >/dev/null 2>&1 || true
}

restore_worker() {
  printf '%s-restore-worker' "$(setting STACK_NAME)"
}

worker_on_uploads() { # WORD…
  engine "$WORKER_SECONDS" run --name "$(restore_worker)" --rm --init --network none --read-only --cap-drop ALL --cap-add DAC_OVERRIDE --cap-add CHOWN --cap-add FOWNER \
    --security-opt no-new-privileges --user 0:0 --tmpfs /tmp:mode=1777 -v "$ROOT/database/backup:/opt/backup:ro" -v "$(backups_folder):/backups:ro" \
    -v "$(stack_state backup):/settings:ro" -v "$(setting STACK_NAME)-strapi-uploads:/uploads" --entrypoint /opt/backup/worker "$(setting POSTGRES_IMAGE)" "$@"
}

# settle_restore: before anything starts, what a restore that was cut short has left is finished or undone.
settle_restore() {
  local names
  read_journal || return 0
  describe_interrupted_restore
  lock_backups restore
  end_orphans
  lay_out_backup_settings
  start_database_alone
  case ${JOURNAL[phase]} in
    loading | undoing) undo_restore ;;
    swapping)
      names=$(run_worker true databases) || die "$EXIT_FAILED" "the database does not answer" "see its message above" "./stack up"
      if [[ $'\n'$names$'\n' == *$'\n'"${JOURNAL[old]}"$'\n'* ]]; then finish_swap; else undo_restore; fi
      ;;
    new) finish_swap ;;
    # What was moved has its mark no more, and moving again would take the new for the old.
    clearing) ;;
    *) die "$EXIT_FAILED" "the restore's journal $(journal_file) says ${JOURNAL[phase]}, which means nothing here" "" "use the version of ./stack that began the restore" ;;
  esac
}

# For commands that want a running stack: a restore that was cut short is put in order, and the stack started.
settle_and_boot() {
  read_journal || return 0
  settle_restore
  lay_out_secrets
  boot "$BOOT_SECONDS"
  clear_restore
}

start_database_alone() {
  [[ $(service_state postgres) != running\|healthy\|* ]] || return 0
  say "Starting the database alone"
  compose up --detach --wait --no-build --pull never --no-deps postgres >>"$(stack_log restore)" 2>&1 ||
    die "$EXIT_FAILED" "the database does not start" "$(tail -n 3 "$(stack_log restore)")" "./stack logs postgres"
}

stop_services() {
  compose stop frontend express strapi >>"$(stack_log restore)" 2>&1 || die "$EXIT_FAILED" "the services can't be stopped" "$(tail -n 3 "$(stack_log restore)")" "./stack status"
}

undo_restore() {
  end_orphans
  # While a set is only being loaded beside them, the services go on.
  if [[ ${JOURNAL[phase]} != loading ]]; then
    enter undoing
    stop_services
  fi
  worker_on_uploads put-uploads-back || die_of_undoing
  local names
  names=$(run_worker true databases) || die_of_undoing
  if [[ $'\n'$names$'\n' == *$'\n'"${JOURNAL[old]}"$'\n'* ]]; then
    run_worker true swap "${JOURNAL[live]}" "${JOURNAL[old]}" "${JOURNAL[new]}" || die_of_undoing
  fi
  run_worker true drop "${JOURNAL[new]}" || die_of_undoing
  give_keys_back || die_of_undoing
  end_journal
  say "The restore of ${JOURNAL[set]} is undone: the data of before is in force."
}

die_of_undoing() {
  die "$EXIT_FAILED" "the restore can't be undone now" "see the message above; nothing is lost, and the next command tries again" "./stack up"
}

# The renaming is done: what belongs to it follows.
finish_swap() {
  enter new
  worker_on_uploads swap-uploads || die_of_finishing
  adopt_staged_keys
  # The second half is left to who starts the services: the old data stays until they are well.
  say "The data of the set ${JOURNAL[set]} is in force."
}

die_of_finishing() {
  die "$EXIT_FAILED" "the restore can't be finished now" "see the message above; nothing is lost, and the next command tries again" "./stack up"
}

adopt_staged_keys() {
  local staged before
  staged=$(staged_env_file)
  [[ ${JOURNAL[adopt]} == true && -e $staged ]] || return 0
  before=$(env_before_restore)
  # Begun and cut short: what is there by now are the set's.
  [[ -e $before ]] || key_lines | write_secret "$before" || die_of_finishing
  put_keys "$staged" || die_of_finishing
  rm -f -- "$staged"
  say "The data keys of the set are in $ENV_FILE now; those of before are in $before."
}

give_keys_back() {
  local before
  before=$(env_before_restore)
  rm -f -- "$(staged_env_file)"
  [[ ${JOURNAL[adopt]} == true && -e $before ]] || return 0
  put_keys "$before" && rm -f -- "$before"
}

# The data keys as they are here, in the env file's form.
key_lines() {
  local name
  for name in "${DATA_KEYS[@]}"; do printf '%s=%s\n' "$name" "$(quoted_value "$(setting "$name")")"; done
}

# put_keys FILE: its keys go into the env file, and whatever else was changed there meanwhile stays.
put_keys() {
  local name
  local -A keys=()
  parse_env_file "$1" keys || return
  # shellcheck disable=SC2004 # an associative array's key is no arithmetic
  for name in "${!keys[@]}"; do PENDING_VALUES[$name]=${keys[$name]}; done
  env_write
}

# clear_restore: the services are well on the new data; the old goes.
clear_restore() {
  read_journal || return 0
  [[ ${JOURNAL[phase]} == new || ${JOURNAL[phase]} == clearing ]] || return 0
  enter clearing
  worker_on_uploads forget-old-uploads || die_of_finishing
  phase restore-uploads-cleared
  run_worker true drop "${JOURNAL[old]}" || die_of_finishing
  end_journal
}

end_journal() {
  rm -f -- "$(journal_file)" && sync -- "$(dirname -- "$(journal_file)")"
  unlock_backups
  phase restore-ended
}

cmd_restore() {
  local set='' adopt=false point=true yes=false identity='' started=$EPOCHREALTIME
  local -i status=0
  while (($#)); do
    case $1 in
      --adopt-keys) adopt=true ;;
      --no-restore-point) point=false ;;
      --identity)
        (($# > 1)) || die_usage "--identity needs a file" restore
        identity=$2
        shift
        ;;
      --yes | -y) yes=true ;;
      -*) die_usage "restore has no option $1" restore ;;
      *)
        [[ -z $set ]] || die_usage "restore takes one set" restore
        set=$1
        ;;
    esac
    shift
  done
  [[ -n $set ]] || die_usage "restore needs the name of a set" restore
  lock_stack restore
  require_backups
  own_set "$set"
  check_restore "$set" "$adopt" "$identity"
  show_configuration_differences "$set"
  agree_to_restore "$set" "$yes"
  [[ $point == false ]] || make_restore_point
  lock_backups "restore of $set"
  rm -f -- "$(env_before_restore)"
  JOURNAL=([set]=$set [live]=$(setting POSTGRES_DB) [new]=$(setting POSTGRES_DB)_restored [old]=$(setting POSTGRES_DB)_before_restore [adopt]=$STAGED [begun]=$(utc))
  require_free_names
  say "Loading the set $set beside the data that is in force"
  enter loading
  run_worker true load "$set" "${JOURNAL[new]}" || status=$?
  ((status != 0)) || worker_on_uploads unpack "$set" "$UPLOADS_OWNER" || status=$?
  if ((status != 0)); then
    undo_restore
    die "$status" "the set $set could not be loaded" "see the message above; nothing was stopped" "./stack verify $set"
  fi
  phase restore-loaded
  swap_in
  boot_restored "$started"
}

# PostgreSQL cuts names at 63 characters, and names of the operator's are not ours to drop.
require_free_names() {
  local names name
  ((${#JOURNAL[old]} <= 63)) ||
    die "$EXIT_ENVIRONMENT" "the database's name ${JOURNAL[live]} is too long to restore" "beside it there has to be room for ${JOURNAL[old]}; nothing was touched" \
      "begin a stack with a POSTGRES_DB of at most 48 characters, and restore there"
  names=$(run_worker true databases) || die "$EXIT_FAILED" "the database does not answer" "nothing was touched" "./stack status"
  for name in "${JOURNAL[new]}" "${JOURNAL[old]}"; do
    [[ $'\n'$names$'\n' != *$'\n'"$name"$'\n'* ]] ||
      die "$EXIT_FAILED" "there is a database $name already" "a restore needs that name; nothing was touched" "rename that database, or drop it if it is of no use"
  done
}

# Everything is looked at before anything is touched.
check_restore() { # SET ADOPT IDENTITY
  local folder live_number
  folder=$(backups_folder)/$1
  say "Checking the set $1"
  run_worker false check "$1" || exit "$?"
  read_manifest "$folder" "$BACKUP_KEY" || die "$SET_FAULT_CODE" "the set $1 is refused" "$SET_FAULT" "./stack backups"
  [[ $(service_state postgres) == running\|healthy\|* ]] || die "$EXIT_FAILED" "the database isn't running, or isn't healthy" "nothing was touched" "./stack up"
  live_number=$(ask_server 'SHOW server_version_num') ||
    die "$EXIT_FAILED" "the database does not answer" "nothing was touched" "./stack status"
  ((MANIFEST[serverNumber] / 10000 <= live_number / 10000)) ||
    die "$EXIT_ENVIRONMENT" "the set $1 was made by PostgreSQL ${MANIFEST[server]}, which is newer than the one here" "nothing was touched" \
      "set POSTGRES_IMAGE to an image of that version or a later one, on a new volume"
  check_space_to_restore
  check_data_keys "$1" "$2" "$3"
}

# The engine's volumes lie on one disk.
check_space_to_restore() {
  local -i free needed
  free=$(engine 30 exec "$(setting STACK_NAME)-postgres" df -Pk /var/lib/postgresql/data | awk 'NR == 2 { printf "%.0f", $4 * 1024 }')
  needed=$((2 * MANIFEST[databaseBytes] + MANIFEST[uploadBytes] + RESTORE_SPACE_MARGIN))
  ((free >= needed)) ||
    die "$EXIT_ENVIRONMENT" "too little disk space to restore: $(mebibytes_of "$free") are free where the volumes lie" \
      "the set is loaded beside the data that is in force, and that takes $(mebibytes_of "$needed"); nothing was touched" "make room on that disk"
}

STAGED=false
check_data_keys() { # SET ADOPT IDENTITY
  local name text
  local -a others=()
  STAGED=false
  rm -f -- "$(staged_env_file)"
  for name in "${DATA_KEYS[@]}"; do
    [[ ${SET_FINGERPRINTS[$name]:-} == "$(fingerprint "$name")" ]] || others+=("$name")
  done
  if ((${#others[@]} == 0)); then return 0; fi
  if [[ $2 == false ]]; then
    die "$EXIT_WRONG_KEY" "the set $1 was made with other data keys than those of $ENV_FILE: ${others[*]}" \
      "with the keys here its API tokens and sessions would be worth nothing; nothing was touched" "./stack restore $1 --adopt-keys"
  fi
  ! secrets_are_files ||
    die "$EXIT_ENVIRONMENT" "the keys of the set can't be adopted: secrets stand in files of their own here" "only you can write those; nothing was touched" \
      "put the values from the set's env into the files that ${others[0]}_FILE and its like name, then ./stack up and ./stack restore $1"
  text=$(stage_keys "$1" "$3" "${others[@]}") || exit "$?"
  STAGED=true
  printf '%s\n' "$text" | write_secret "$(staged_env_file)" ||
    die "$EXIT_FAILED" "the keys of the set can't be taken over" "see the message above; nothing was touched" "./stack restore $1 --adopt-keys"
}

# stage_keys SET IDENTITY NAME…: the set's values of these, in the env file's form.
stage_keys() {
  local file text name
  local -A set_values=()
  file=$(backups_folder)/$1
  if [[ ${MANIFEST[secrets]} == age ]]; then
    [[ -n $2 ]] || die "$EXIT_WRONG_KEY" "the secrets of the set $1 are encrypted" "nothing was touched" "./stack restore $1 --adopt-keys --identity FILE"
    # Over standard input, since the file is the operator's alone.
    text=$(engine 60 run --rm --interactive --network none --read-only --user "$(backup_user)" -v "$file:/set:ro" --entrypoint age \
      "$(setting POSTGRES_IMAGE)" --decrypt --identity - /set/env.age <"$2") ||
      die "$EXIT_WRONG_KEY" "the secrets of the set $1 can't be decrypted" "see age's message above; nothing was touched" "name the identity file of the set's recipient"
  else
    text=$(<"$file/env")
  fi
  shift 2
  parse_env_file /dev/stdin set_values <<<"$text" || die_of_findings
  for name in "$@"; do
    [[ -n ${set_values[$name]:-} ]] || die "$EXIT_WRONG_KEY" "the set holds no $name" "nothing was touched" "./stack backups"
    printf '%s=%s\n' "$name" "$(quoted_value "${set_values[$name]}")"
  done
}

show_configuration_differences() { # SET
  local differences
  differences=$(diff -rq -- "$(backups_folder)/$1/configuration" "$(stack_state backup)/configuration" | sed -e "s|$(backups_folder)/$1/configuration|the set|g" -e "s|$(stack_state backup)/configuration|here|g") || true
  [[ -z $differences ]] || printf 'Compose and nginx files differ from those of the set. They are left as they are here:\n  %s\n' "${differences//$'\n'/$'\n'  }"
}

agree_to_restore() { # SET YES
  local answer
  [[ $2 == false ]] || return 0
  [[ -t 0 ]] || die_usage "restore replaces all data of the stack $(setting STACK_NAME); without a terminal to ask on, say so with --yes" restore
  printf 'This replaces all data of the stack %s by that of %s.\nType the name of the set to go on: ' "$(setting STACK_NAME)" "$1"
  read -r answer || answer=''
  [[ $answer == "$1" ]] || die "$EXIT_FAILED" "nothing was restored" "the answer was not $1" ""
}

make_restore_point() {
  local point status=0
  TZ=UTC printf -v point '%(%Y%m%dT%H%M%SZ)T' -1
  say "Making a restore point of the data that is in force: $point"
  run_worker true backup "$point" || status=$?
  ((status == 0)) || die "$status" "no restore point could be made, so nothing was restored" "see the message above" "./stack restore SET --no-restore-point goes without"
}

# From here to the renaming of the databases the old data is in force, after it the new.
STOPPED_AT=''
swap_in() {
  say "Stopping the services; runs at work have a few seconds to come to their end"
  STOPPED_AT=$EPOCHREALTIME
  enter swapping
  stop_services
  phase restore-stopped
  if ! worker_on_uploads swap-uploads || ! phase restore-uploads-swapped || ! run_worker true swap "${JOURNAL[live]}" "${JOURNAL[new]}" "${JOURNAL[old]}"; then
    undo_restore
    boot "$BOOT_SECONDS"
    die "$EXIT_FAILED" "the set could not be put in the place of the data" "see the message above; the data of before is in force" "./stack status"
  fi
  phase restore-databases-swapped
  finish_swap
}

boot_restored() { # STARTED
  lay_out_secrets
  say "Starting $(setting STACK_NAME)"
  # In a process of its own, since it ends the process where it fails.
  if ! (boot "$BOOT_SECONDS"); then
    undo_restore
    boot "$BOOT_SECONDS"
    die "$EXIT_FAILED" "the services did not become healthy on the restored data" "see above; the data of before is in force" "./stack verify ${JOURNAL[set]}"
  fi
  say "All services are healthy, $(seconds_since "$STOPPED_AT") s after they were stopped."
  phase restore-healthy
  clear_restore
  run_worker true publish || true
  say "Restored the set ${JOURNAL[set]} ($(seconds_since "$1") s in all)."
}
