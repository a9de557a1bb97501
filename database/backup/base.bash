# shellcheck shell=bash
# A base backup: the cluster's files, with which a recovery begins. The server waits until the write-ahead log that belongs to it is archived,
# so what is named here can be recovered from.

readonly ARCHIVED_SECONDS=90 BASE_COMPRESSION=client-zstd:3

BASE_PROCESS='' BASE_FOLDER=''

make_base() { # [optional]
  local system mode major bytes folder started=$EPOCHSECONDS from name lsn answer
  take_lock "a base backup"
  phase locked
  connect_to_server
  answer=$(ask "SELECT system_identifier, current_setting('archive_mode'), current_setting('server_version_num')::int / 10000,
      (SELECT sum(pg_database_size(oid)) FROM pg_database) FROM pg_control_system()") ||
    die "$EXIT_FAILED" "the database does not answer" "see its message above; no base backup was made" "./stack status"
  IFS='|' read -r system mode major bytes <<<"$answer"
  [[ $mode == on || ${1:-} != optional ]] || return 0
  [[ $mode == on ]] ||
    die "$EXIT_FAILED" "the server archives nothing" "its archive_mode is $mode, so no moment could be recovered; no base backup was made" "./stack up --point-in-time"
  folder=$ARCHIVE/$system/base
  mkdir -p -- "$folder"
  rm -rf -- "$folder"/.making "$folder"/.dropping-*
  require_space_for_base "$bytes"
  BASE_FOLDER=$folder/.making
  trap 'abandon_base' EXIT
  say "Base backup"
  copy_cluster
  phase base-copied
  [[ $(<"$BASE_FOLDER/backup_manifest") =~ \"Start-LSN\":\ \"([0-9A-F]+/[0-9A-F]+)\" ]] ||
    die "$EXIT_FAILED" "the base backup is none" "its manifest names no place in the write-ahead log" "./stack backup"
  lsn=${BASH_REMATCH[1]}
  # Taken after its end: from this moment on the archive has all that there was.
  answer=$(ask "SELECT pg_walfile_name('$lsn'), to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')") ||
    die "$EXIT_FAILED" "the database does not answer" "see its message above; no base backup was made" "./stack status"
  from=${answer#*|}
  printf 'from=%s\nsegment=%s\nmajor=%s\nbytes=%s\n' "$from" "${answer%|*}" "$major" "$bytes" >"$BASE_FOLDER/facts"
  name=${from%.*}Z
  name=${name//[-:]/}
  sync_tree "$BASE_FOLDER"
  phase base-synced
  [[ ! -e $folder/$name ]] || die "$EXIT_FAILED" "there is a base backup $name already" "" "./stack backup"
  mv -- "$BASE_FOLDER" "$folder/$name"
  sync "$folder"
  BASE_FOLDER=''
  phase base-made
  say "Made the base backup $name in $((EPOCHSECONDS - started)) s: $(mebibytes_of "$(bytes_below "$folder/$name")"). Every moment from $from on can be recovered."
}

abandon_base() {
  local -i status=$?
  [[ -z $BASE_PROCESS ]] || kill "$BASE_PROCESS" 2>/dev/null || true
  if [[ -n $BASE_FOLDER ]]; then rm -rf -- "$BASE_FOLDER"; fi
  exit "$status"
}

require_space_for_base() { # BYTES
  local -i free needed=$(($1 + SPACE_MARGIN))
  free=$(free_bytes "$ARCHIVE")
  ((free >= needed)) ||
    die "$EXIT_ENVIRONMENT" "too little disk space for a base backup: $(mebibytes_of "$free") are free where the archive lies" \
      "the databases have $(mebibytes_of "$1"); with room to work that is $(mebibytes_of "$needed")" "./stack prune, or make room on that disk"
}

# Without the write-ahead log itself, which the archive has.
copy_cluster() {
  local phase_now copied total
  local -i status=0 told=$SECONDS waiting=0
  pg_basebackup --pgdata="$BASE_FOLDER" --format=tar --compress="$BASE_COMPRESSION" --wal-method=none --checkpoint=fast --manifest-checksums=SHA256 \
    --no-password >"/tmp/basebackup" 2>&1 &
  BASE_PROCESS=$!
  while kill -0 "$BASE_PROCESS" 2>/dev/null; do
    sleep 0.2
    ((SECONDS - told >= 5)) || continue
    told=$SECONDS
    IFS='|' read -r phase_now copied total < <(ask "SELECT phase, backup_streamed, coalesce(backup_total, 0) FROM pg_stat_progress_basebackup") || continue
    if [[ $phase_now == 'waiting for wal archiving to finish' ]]; then
      waiting+=5
      ((waiting < ARCHIVED_SECONDS)) || {
        kill "$BASE_PROCESS" 2>/dev/null || true
        die "$EXIT_FAILED" "the write-ahead log of the base backup was not archived within $ARCHIVED_SECONDS s" "$(archiver_fault)no base backup was made" "./stack logs --tail 20 postgres"
      }
      say "  waiting until the write-ahead log is archived"
    else
      say "  $(mebibytes_of "$copied") of $(mebibytes_of "$total")"
    fi
  done
  wait "$BASE_PROCESS" || status=$?
  BASE_PROCESS=''
  ((status == 0)) || {
    cat /tmp/basebackup >&2
    die "$EXIT_FAILED" "the database's files could not be copied" "pg_basebackup ended with status $status; its message is above; no base backup was made" "./stack status"
  }
}

archiver_fault() {
  ask "SELECT format('the server could not archive %s, last at %s; ', last_failed_wal, last_failed_time) FROM pg_stat_archiver
    WHERE last_failed_time > coalesce(last_archived_time, '-infinity')" || true
}

# Base backups and segments that no recovery needs any more. What hinders it is the same as with sets.
prune_archive() { # [--dry-run]
  local plan verdict folder segment system aged
  local -i bases=0 segments=0 old
  local -A first=()
  plan=$(list_bases "$ARCHIVE" | plan_bases "$(utc $((EPOCHSECONDS - KEEP_BASE_DAYS * 86400)))")
  while read -r verdict folder segment; do
    [[ -n $verdict ]] || continue
    printf '%s base backup %s\n' "$verdict" "${folder##*/}"
    system=${folder%/base/*}
    if [[ $verdict == keep ]]; then first[$system]=$segment; continue; fi
    bases+=1
    [[ ${1:-} != --dry-run ]] || continue
    mv -- "$folder" "${folder%/*}/.dropping-${folder##*/}"
    phase dropping-base
    rm -rf -- "${folder%/*}/.dropping-${folder##*/}"
  done <<<"$plan"
  for system in "${!first[@]}"; do
    old=$(drop_segments "$system" "${first[$system]}" "$@")
    segments+=$old
  done
  ((${#first[@]} == 0)) || say "$([[ ${1:-} == --dry-run ]] && echo 'Would drop' || echo Dropped) $bases base backups and $segments segments of the write-ahead log."
}

# drop_segments SYSTEM_FOLDER FIRST [--dry-run]: those before the first one needed, as pg_archivecleanup would: the timeline does not count. Prints how many.
drop_segments() {
  local file name
  local -i dropped=0
  for file in "$1"/wal/*.zst; do
    name=${file##*/} name=${name%.zst}
    [[ $name =~ ^[0-9A-F]{24} && ${name:8:16} < ${2:8:16} ]] || continue
    dropped+=1
    [[ ${3:-} == --dry-run ]] || rm -f -- "$file"
  done
  printf '%d' "$dropped"
}
