# shellcheck shell=bash
# A recovery makes a set of what the database held at a moment: in a server that lives in this container alone, a base backup is unpacked, and the
# write-ahead log of the archive replayed up to that moment.

readonly REPLAY_WAL_BYTES=$((512 * 1024 * 1024))

recover_set() { # SET MOMENT BASE
  local set=$1 moment=$2 base=$ARCHIVE/$3 from segment major bytes
  begin_set "$set" "the recovery to $moment"
  MANIFEST[origin]=archive MANIFEST[moment]=$moment
  read -r from _ segment major bytes < <(list_bases "$ARCHIVE" | awk -v base="$base" '$2 == base') ||
    die "$EXIT_FAILED" "there is no base backup $3 any more" "no set was made" "./stack recover $moment"
  [[ $(postgres --version) =~ \ ([0-9]+)[.a-z] && ${BASH_REMATCH[1]} == "$major" ]] ||
    die "$EXIT_ENVIRONMENT" "the base backup $3 is of PostgreSQL $major, and this image has $(postgres --version)" "files of one major version can't be read by another" \
      "set POSTGRES_IMAGE to the image that made it"
  require_space_to_recover "$bytes"
  name_this_user
  say "Base backup of $from"
  unpack_base "$base"
  phase base-unpacked
  say "Write-ahead log"
  chain_of "${base%/base/*}" "$segment" >"$WORK/chain"
  replay "${base%/base/*}" "$moment"
  phase replayed
  connect
  require_space
  say "Uploads"
  begin_snapshot
  gather_uploads
  uploads_fit || accept_misfits "that are nowhere to be found any more"
  phase uploads-gathered
  finish_set "$set"
}

require_space_to_recover() { # BYTES
  local -i needed=$(($1 * 2 + REPLAY_WAL_BYTES + SPACE_MARGIN * 4)) free
  free=$(free_bytes "$BACKUPS")
  ((free >= needed)) ||
    die "$EXIT_ENVIRONMENT" "too little disk space to recover: $(mebibytes_of "$free") are free where the sets lie" \
      "the cluster is recovered there for a while, which takes $(mebibytes_of "$needed"); no set was made" "make room on that disk"
}

unpack_base() { # FOLDER
  mkdir -- "$WORK/data"
  if ! zstd -q -d -c -- "$1/base.tar.zst" | tar -C "$WORK/data" -xf - || ! cp -- "$1/backup_manifest" "$WORK/data/" ||
    ! pg_verifybackup --quiet --no-parse-wal "$WORK/data" >&2; then
    die "$EXIT_NOT_VERIFIED" "the base backup ${1##*/} is damaged" "see the message above; no set was made" "recover a moment before it, or restore a set: ./stack backups"
  fi
  rm -- "$WORK/data/backup_manifest"
}

replay() { # SYSTEM_FOLDER MOMENT
  local -i told=$SECONDS
  # The server reads this setting before it knows what Z stands for.
  local target=${2%Z}+00
  : >"$WORK/data/recovery.signal"
  printf 'local all all trust\n' >"$WORK/hba"
  start_server "$WORK/data" -c hba_file="$WORK/hba" -c archive_mode=off -c hot_standby=off -c logging_collector=off \
    -c restore_command="$here/fetch-wal '$1' '%f' '%p' '$WORK/fetched'" -c recovery_target_time="$target" -c recovery_target_action=promote
  while ! pg_isready -q; do
    kill -0 "$SERVER_PROCESS" 2>/dev/null || explain_replay "$1" "$2"
    sleep 0.2
    ((SECONDS - told >= 5)) || continue
    told=$SECONDS
    [[ ! -s $WORK/fetched ]] || say "  segment $(grep -n -F "$(<"$WORK/fetched")" "$WORK/chain" | cut -d : -f 1) of at most $(grep -c -v missing "$WORK/chain")"
  done
}

# The recovered server has ended. That its archive ends too early, PostgreSQL tells itself.
explain_replay() { # SYSTEM_FOLDER MOMENT
  local last='' fetched='' missing
  [[ ! -r $WORK/fetched ]] || fetched=$(<"$WORK/fetched")
  missing=$(sed -n 's/^missing //p' "$WORK/chain")
  last=$(sed -n 's/.*last completed transaction was at log time \([0-9-]*\) \([0-9:.]*\).*/\1T\2Z/p' "$WORK/server" | tail -n 1)
  if [[ $fetched == *' damaged' ]]; then
    die "$EXIT_NOT_VERIFIED" "the segment ${fetched% damaged} of the archived write-ahead log is damaged" \
      "it can't be unpacked, and what was written after it can't be recovered; no set was made" "./stack recover ${last:-TIME}, the last moment before it, or restore a set: ./stack backups"
  elif grep -q 'recovery ended before configured recovery target was reached' "$WORK/server" && [[ -n $missing ]]; then
    die "$EXIT_NOT_VERIFIED" "the segment $missing of the archived write-ahead log is missing" \
      "later ones are there, but what was written after it can't be recovered; no set was made" "./stack recover ${last:-TIME}, the last moment before it, or restore a set: ./stack backups"
  elif grep -q 'recovery ended before configured recovery target was reached' "$WORK/server"; then
    die "$EXIT_FAILED" "the archive ends before $2" "its last transaction is of ${last:-the base backup itself}; no set was made" "./stack recover ${last:-TIME}"
  fi
  cat "$WORK/server" >&2
  die "$EXIT_NOT_VERIFIED" "the database can't be recovered to $2" "the server's messages are above; no set was made" "restore a set: ./stack backups"
}

# What the recovered rows name, from the live uploads where it still is there, else from the newest set that has it.
gather_uploads() {
  local path kilobytes sum set key
  key=$(backup_key)
  read_upload_rows
  # Of nothing above the folder.
  grep -v -E '(^|/)\.\.?/' "$WORK/rows" | while IFS=$'\t' read -r path kilobytes sum; do
    [[ -f $UPLOADS/$path ]] || continue
    (umask 022 && mkdir -p -- "$(dirname -- "$WORK/uploads/$path")")
    cp -p -- "$UPLOADS/$path" "$WORK/uploads/$path"
    [[ -z $(misfit "$path" "$kilobytes" "$sum") ]] || rm -- "$WORK/uploads/$path"
  done || true
  for set in $(printf '%s\n' "$BACKUPS"/* | sort -r); do
    [[ ${set##*/} =~ $SET_NAME && -s $set/uploads.sha256 ]] || continue
    list_absent >"$WORK/absent"
    [[ -s $WORK/absent ]] || break
    gather_from_set "$set" "$key"
  done
}

list_absent() {
  local path rest
  grep -v -E '(^|/)\.\.?/' "$WORK/rows" | while IFS=$'\t' read -r path rest; do
    [[ -f $WORK/uploads/$path ]] || printf '%s\t%s\n' "$path" "$rest"
  done || true
}

gather_from_set() { # SET_FOLDER KEY
  local path kilobytes sum
  # In a process of its own, since MANIFEST is that of the set that is being made.
  (read_manifest "$1" "$2" && [[ $(sha256_of "$1/uploads.sha256") == "${SET_FILE_SUMS[uploads.sha256]:-}" ]]) || return 0
  awk -F '\t' -v list="$1/uploads.sha256" 'BEGIN { while ((getline line <list) > 0) sums[substr(line, 67)] = substr(line, 1, 64) }
    { file = "./" $1 } (file in sums) && ($3 == "" || $3 == sums[file])' "$WORK/absent" >"$WORK/there"
  [[ -s $WORK/there ]] || return 0
  cut -f 1 "$WORK/there" | sed 's|^|./|' >"$WORK/members"
  # A set that can't be unpacked is no reason to give up: another one may have it, and what nobody has is told.
  zstd -q -d -c -- "$1/uploads.tar.zst" | tar -C "$WORK/uploads" -xf - -T "$WORK/members" || say "warning: the uploads of the set ${1##*/} can't be unpacked" >&2
  while IFS=$'\t' read -r path kilobytes sum; do
    [[ ! -e $WORK/uploads/$path ]] || [[ -z $(misfit "$path" "$kilobytes" "$sum") && $(sha256_of "$WORK/uploads/$path") == "$(sum_in_list "$1/uploads.sha256" "$path")" ]] ||
      rm -- "$WORK/uploads/$path"
  done <"$WORK/there"
}

sum_in_list() { # LIST PATH
  awk -v path="./$2" 'substr($0, 67) == path { print substr($0, 1, 64) }' "$1"
}
