# shellcheck shell=bash
# Backup sets: what the worker in the database server's image needs to know of the host, and the commands that run it.

# shellcheck source=database/backup/common.bash
source "${BASH_SOURCE[0]%/*}/../database/backup/common.bash"
# shellcheck source=database/backup/manifest.bash
source "${BASH_SOURCE[0]%/*}/../database/backup/manifest.bash"

readonly BACKUP_COMPOSE_FILE=docker-compose.backup.yml WORKER_SECONDS=14400
# What the data can't be used without: signatures and hashes in it were made with these.
readonly DATA_KEYS=(STRAPI_APP_KEYS STRAPI_API_TOKEN_SALT STRAPI_ADMIN_JWT_SECRET STRAPI_TRANSFER_TOKEN_SALT STRAPI_JWT_SECRET STRAPI_API_TOKEN)

backups_folder() {
  printf '%s/database/backups' "$(data_root)"
}

# The worker is the operator, so that the sets are the operator's; the server refuses to run as root, so root's are its user's.
backup_user() {
  local owner
  owner=$(stat -c %u:%g -- "$ENV_FILE" 2>/dev/null) || owner=$(id -u):$(id -g)
  if [[ $owner == 0:* ]]; then printf '70:70'; else printf '%s' "$owner"; fi
}

# The key that manifests are signed with. It lies outside the sets: whoever can change a set can't sign it.
BACKUP_KEY=''
read_backup_key() {
  local file
  file=$(stack_state backup.key)
  if [[ ! -e $file ]]; then
    BACKUP_KEY=$(head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n')
    printf '%s\n' "$BACKUP_KEY" | write_secret "$file" || die_of_layout "$file"
    say "Made the key that backup sets are signed with: $file. Keep a copy where the sets are not: without it no set can be restored."
  fi
  BACKUP_KEY=$(<"$file")
  [[ $BACKUP_KEY =~ ^[0-9a-f]{64}$ ]] ||
    die "$EXIT_ENVIRONMENT" "$file holds no backup key" "it should be 64 hexadecimal digits" "put your copy of it back"
}

write_secret() { # FILE
  (umask 077 && cat >"$1.new") && sync -- "$1.new" && mv -f -- "$1.new" "$1" && sync -- "${1%/*}"
}

# What the worker can't find out by itself: each file is replaced whole, since a scheduled worker may be reading.
lay_out_backup_settings() {
  local folder name
  local -a owners=()
  folder=$(stack_state backup)
  mkdir -p -- "$folder" || die_of_layout "$folder"
  read_backup_key
  read_revision
  rm -rf -- "$folder"/*.new
  printf '%s\n' "$BACKUP_KEY" >"$folder/key.new"
  setting POSTGRES_PASSWORD >"$folder/password.new"
  env_with_secrets >"$folder/env.new"
  {
    printf 'stack=%s\nrevision=%s\nimage=%s\nimageId=%s\n' "$(setting STACK_NAME)" "$REVISION" "$(setting POSTGRES_IMAGE)" \
      "$(engine 30 image inspect --format '{{.Id}}' "$(setting POSTGRES_IMAGE)" 2>/dev/null || echo unknown)"
  } >"$folder/facts.new"
  for name in "${DATA_KEYS[@]}"; do printf '"%s": "%s"\n' "$name" "$(fingerprint "$name")"; done >"$folder/fingerprints.new"
  copy_configuration "$folder/configuration.new"
  for name in key password env facts fingerprints; do owners+=("$name.new" "$(backup_user)" 0400); done
  owners+=(configuration.new "$(backup_user)" 0700 . "$(backup_user)" 0700)
  [[ $EUID != 0 ]] || chown -R "$(backup_user)" -- "$folder/configuration.new"
  if [[ $EUID == 0 ]]; then give_to_containers "$folder" "${owners[@]}"; else chmod 0400 -- "$folder"/{key,password,env,facts,fingerprints}.new; fi
  for name in key password env facts fingerprints; do mv -f -- "$folder/$name.new" "$folder/$name" || die_of_layout "$folder"; done
  if ! rm -rf -- "$folder/configuration" || ! mv -- "$folder/configuration.new" "$folder/configuration"; then die_of_layout "$folder"; fi
}

fingerprint() { # NAME
  { printf '%s=' "$1" && setting "$1"; } | hmac "$BACKUP_KEY"
}

# The env file as it would be with every secret in it: files that hold one are not part of a set.
env_with_secrets() {
  local line name
  while IFS= read -r line || [[ -n $line ]]; do
    if [[ $line =~ ^([A-Za-z_][A-Za-z0-9_]*)_FILE= && -n ${SECRET_FILE_VALUES[${BASH_REMATCH[1]}]:-} ]]; then
      name=${BASH_REMATCH[1]}
      printf '# %s\n%s=%s\n' "$line" "$name" "$(quoted_value "${SECRET_FILE_VALUES[$name]}")"
    elif [[ ! $line =~ ^([A-Za-z_][A-Za-z0-9_]*)=$ || -z ${SECRET_FILE_VALUES[${BASH_REMATCH[1]}]:-} ]]; then
      printf '%s\n' "$line"
    fi
  done <"$ENV_FILE"
}

copy_configuration() { # FOLDER
  local file target
  local -a files=() composed=()
  IFS=: read -r -a composed <<<"$(setting COMPOSE_FILE)"
  mapfile -t files < <(cd "$ROOT" && find . -maxdepth 3 -name 'docker-compose*.yml' -not -path './*/target/*' -not -path './*/node_modules/*' | sed 's|^\./||' && find nginx -type f)
  for file in "${files[@]}" "${composed[@]}"; do
    target=${file#"$ROOT"/}
    [[ $target != /* ]] || target=elsewhere$target
    [[ $target =~ ^[A-Za-z0-9._/-]+$ && $target != *..* ]] ||
      die "$EXIT_ENVIRONMENT" "the configuration file $file can't be part of a backup set" "its name holds something else than letters, digits, dots, dashes and underscores" "rename it"
    [[ $file == /* ]] || file=$ROOT/$file
    if ! mkdir -p -- "$(dirname -- "$1/$target")" || ! cp -- "$file" "$1/$target"; then die_of_layout "$1"; fi
  done
}

# run_worker NETWORK(true|false) WORD…: in a container of its own that is gone afterwards.
run_worker() {
  local network=$1
  local -a command named=() overlay=() mounts=()
  shift
  if [[ $network == true ]]; then
    # The steps of a restore have a name, so that one whose `stack` was killed can be found.
    [[ $1 == backup || $1 == base || $1 == publish ]] || named=(--name "$(restore_worker)")
    has_overlay "$BACKUP_COMPOSE_FILE" || overlay=(-f "$ROOT/$BACKUP_COMPOSE_FILE")
    compose_arguments "${overlay[@]}" run "${named[@]}" --rm --no-deps -T -e "PHASE_HOOK=${BACKUP_PHASE_HOOK:-}" backup "$@"
    without_lock timeout --foreground --kill-after=30 "$WORKER_SECONDS" "${COMPOSE_COMMAND[@]}"
  else
    case $1 in
      copy) [[ -z $(setting BACKUP_COPY_TO) ]] || mounts=(-v "$(setting BACKUP_COPY_TO):/copies") ;;
      prune) mounts=(-v "$(archive_folder):/archive") ;;
      recover) mounts=(-v "$(archive_folder):/archive:ro" -v "$(setting STACK_NAME)-strapi-uploads:/uploads:ro") ;;
    esac
    command=(run --rm --init --network none --read-only --cap-drop ALL --security-opt no-new-privileges --user "$(setting BACKUP_USER)" --tmpfs /tmp:mode=1777
      --memory 1g --shm-size 256m --pids-limit 128 -v "$ROOT/database/backup:/opt/backup:ro" -v "$(backups_folder):/backups" -v "$(stack_state backup):/settings:ro" "${mounts[@]}"
      -e "PHASE_HOOK=${BACKUP_PHASE_HOOK:-}" -e "POSTGRES_USER=$(setting POSTGRES_USER)" -e "POSTGRES_DB=$(setting POSTGRES_DB)" -e "VERIFIER=$(this_user)@$(uname -n)" --entrypoint /opt/backup/worker "$(setting POSTGRES_IMAGE)" "$@")
    # In the foreground, so that an interrupt from the terminal reaches it.
    without_lock env -i "${CLEAN_ENVIRONMENT[@]}" timeout --foreground --kill-after=30 "$WORKER_SECONDS" docker "${command[@]}"
  fi
}

# own_set SET: one that root has copied here can't be read by the worker yet.
own_set() {
  local set
  set=$(backups_folder)/$1
  [[ $EUID == 0 && $1 =~ $SET_NAME && -d $set && ! -L $set ]] || return 0
  chown -R "$(backup_user)" -- "$set"
}

require_backups() {
  env_require
  engine_answers || die "$EXIT_ENVIRONMENT" "the engine does not answer" "$ENGINE_ERROR" "./stack up"
  if [[ $(setting BACKUP_USER) != "$(backup_user)" ]]; then
    PENDING_VALUES[BACKUP_USER]=$(backup_user)
    env_write
  fi
  make_folders
  lay_out_backup_settings
  settle_and_boot
}

cmd_backup() {
  local set status=0 scheduled=false BACKUPS
  while (($#)); do
    case $1 in
      --scheduled) scheduled=true ;;
      *) die_usage "backup has no option $1" backup ;;
    esac
    shift
  done
  lock_stack backup
  require_backups
  BACKUPS=$(backups_folder)
  [[ $(service_state postgres) == running\|healthy\|* ]] ||
    die "$EXIT_FAILED" "the database isn't running, or isn't healthy" "a backup is made from the running database; no set was made" "./stack up"
  TZ=UTC printf -v set '%(%Y%m%dT%H%M%SZ)T' -1
  say "Making the backup set $set in $(backups_folder)"
  run_worker true backup "$set" || status=$?
  if [[ $scheduled == false ]]; then
    ((status == 0)) || exit "$status"
    hand_out "$set" || exit "$?"
    ! has_archive || run_worker true base ||
      die "$?" "the set $set is made, but no base backup beside it" "see the message above; moments since the last one can still be recovered" "./stack backup"
    say "Next: ./stack verify $set"
  elif ((status != 0)); then
    note_run failed backup "$status" "$set"
    exit "$status"
  else
    prove_and_prune scheduled_step "$set" || status=$?
    run_worker true publish || true
    ((status == 0)) || exit "$status"
  fi
}

cmd_verify() {
  local status=0
  [[ $# == 1 && $1 != -* ]] || die_usage "verify needs the name of a set" verify
  lock_stack verify
  require_backups
  own_set "$1"
  say "Verifying the backup set $1: restoring it into a throwaway server"
  run_worker false verify "$1" || status=$?
  [[ $(service_state postgres) != running\|healthy\|* ]] || run_worker true publish || true
  ((status == 0)) || exit "$status"
}

cmd_prune() {
  local status=0
  local -a arguments=()
  while (($#)); do
    case $1 in
      --dry-run) arguments+=(--dry-run) ;;
      *) die_usage "prune has no option $1" prune ;;
    esac
    shift
  done
  lock_stack prune
  require_backups
  run_worker false prune "${arguments[@]}" || status=$?
  ((status == 0)) || exit "$status"
}

cmd_backups() {
  local json=false
  while (($#)); do
    case $1 in
      --json) json=true ;;
      *) die_usage "backups has no option $1" backups ;;
    esac
    shift
  done
  env_require
  read_backup_key
  if [[ $json == true ]]; then show_backups_json; else show_backups; fi
}

sets() {
  local folder set
  folder=$(backups_folder)
  for set in "$folder"/*; do
    [[ ${set##*/} =~ $SET_NAME && -d $set ]] && printf '%s\n' "${set##*/}"
  done
  return 0
}

# verification_of SET: true, false or never, and when.
verification_of() {
  local file line=''
  file=$(backups_folder)/$1.verified
  [[ ! -r $file ]] || read -r line <"$file" || true
  if [[ $line =~ \"verified\":\ (true|false),\ \"at\":\ \"([0-9TZ:-]+)\" ]]; then
    printf '%s %s' "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
  else
    printf 'never -'
  fi
}

show_backups() {
  local set verified at size state
  local -i count=0
  printf '%-18s %-10s %-11s %-8s %-13s %-22s %s\n' SET AGE SIZE UPLOADS STATE VERIFIED 'RECOVERED TO'
  for set in $(sets); do
    count+=1
    read -r verified at <<<"$(verification_of "$set")"
    size=$(find "$(backups_folder)/$set" -type f -exec stat -c %s -- {} + | awk '{ sum += $1 } END { printf "%.0f", sum }')
    state=made
    read_manifest "$(backups_folder)/$set" "$BACKUP_KEY" || state=refused
    case $verified in
      true) verified="$at" ;;
      false) verified="FAILED $at" ;;
      never) verified='not yet' ;;
    esac
    printf '%-18s %-10s %-11s %-8s %-13s %-22s %s\n' "$set" "$(duration_since "$(time_of_set "$set")")" "$(mebibytes_of "$size")" "${MANIFEST[uploadFiles]:-?}" "$state" "$verified" \
      "$(if [[ ${MANIFEST[origin]:-} == archive ]]; then printf '%s' "${MANIFEST[moment]}"; else printf -- -; fi)"
    [[ $state == made ]] || printf '  %s\n' "$SET_FAULT"
  done
  ((count)) || say "There are none yet. Next: ./stack backup"
}

show_backups_json() {
  local set verified at comma=''
  printf '{"folder":%s,"sets":[' "$(json_string "$(backups_folder)")"
  for set in $(sets); do
    read -r verified at <<<"$(verification_of "$set")"
    printf '%s{"set":%s,"at":%s,' "$comma" "$(json_string "$set")" "$(json_string "$(time_of_set "$set")")"
    comma=,
    if read_manifest "$(backups_folder)/$set" "$BACKUP_KEY"; then
      printf '"state":"made","origin":%s,"moment":%s,' "$(json_string "${MANIFEST[origin]:-database}")" "$(json_string "${MANIFEST[moment]:-${MANIFEST[begun]}}")"
      printf '"databaseBytes":%d,"uploadFiles":%d,"uploadBytes":%d,' "${MANIFEST[databaseBytes]}" "${MANIFEST[uploadFiles]}" "${MANIFEST[uploadBytes]}"
    else
      printf '"state":"refused","reason":%s,' "$(json_string "$SET_FAULT")"
    fi
    case $verified in
      never) printf '"verified":null}' ;;
      *) printf '"verified":{"ok":%s,"at":%s}}' "$verified" "$(json_string "$at")" ;;
    esac
  done
  printf ']}\n'
}
