# shellcheck shell=bash
# A recovery makes a set of what the database held at a moment: in a server that lives in this container alone, a base backup is unpacked, and the
# write-ahead log of the archive replayed up to that moment.

readonly REPLAY_WAL_BYTES=$((512 * 1024 * 1024)) MEMBERS_AT_ONCE=500

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
  replay "${base%/base/*}" "$segment" "$moment"
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

replay() { # SYSTEM_FOLDER SEGMENT MOMENT
  : >"$WORK/data/recovery.signal"
  printf 'local all all trust\n' >"$WORK/hba"
  # The server reads this setting before it knows what Z stands for.
  if replay_until "$@" -c recovery_target_time="${3%Z}+00" -c recovery_target_action=promote; then return 0; fi
  # To the server a moment is reached when a later transaction comes. Of the last one's own moment all is there without.
  [[ $(last_transaction) == "$3" ]] || explain_replay "$@"
  replay_until "$@" || explain_replay "$@"
}

# replay_until SYSTEM_FOLDER SEGMENT MOMENT OPTION…: 0 when the server takes connections; else it has ended.
replay_until() {
  local -i told=$SECONDS first last
  first=$(segment_number "$2")
  last=$(segment_number "$(runs_of "$1" | awk -v segment="$2" '$2 "" >= segment "" { print $2; exit }')")
  start_server "$WORK/data" -c hba_file="$WORK/hba" -c archive_mode=off -c hot_standby=off -c logging_collector=off \
    -c restore_command="$here/fetch-wal '$1' '%f' '%p' '$WORK/fetched'" "${@:4}"
  while ! pg_isready -q; do
    kill -0 "$SERVER_PROCESS" 2>/dev/null || return 1
    sleep 0.2
    ((SECONDS - told >= 5)) || continue
    told=$SECONDS
    [[ ! -s $WORK/fetched ]] || say "  segment $(($(segment_number "$(<"$WORK/fetched")") - first + 1)) of at most $((last - first + 1))"
  done
}

last_transaction() {
  local time
  time=$(sed -n 's/.*last completed transaction was at log time \([0-9-]*\) \([0-9:.]*\).*/\1T\2Z/p' "$WORK/server" | tail -n 1)
  [[ -z $time ]] || moment_of "$time"
}

# The recovered server has ended. That its archive ends too early, PostgreSQL tells itself.
explain_replay() { # SYSTEM_FOLDER SEGMENT MOMENT
  local last damaged='' missing remedy='restore a set: ./stack backups'
  last=$(last_transaction)
  missing=$(missing_after "$1" "$2")
  [[ ! -s $WORK/fetched.damaged ]] || damaged=$(<"$WORK/fetched.damaged")
  [[ -z $last ]] || remedy="./stack recover $last, the last moment that can be recovered before it, or $remedy"
  if ! grep -q 'recovery ended before configured recovery target was reached' "$WORK/server" && [[ -z $damaged$missing ]]; then
    cat "$WORK/server" >&2
    die "$EXIT_NOT_VERIFIED" "the database can't be recovered to $3" "the server's messages are above; no set was made" "restore a set: ./stack backups"
  elif [[ -n $damaged ]]; then
    die "$EXIT_NOT_VERIFIED" "the segment $damaged of the archived write-ahead log is damaged" \
      "it can't be unpacked, so what was written from it on can't be recovered; no set was made" "$remedy"
  elif [[ -n $missing ]]; then
    die "$EXIT_NOT_VERIFIED" "the segment $missing of the archived write-ahead log is missing" \
      "later ones are there, but what was written from it on can't be recovered; no set was made" "$remedy"
  fi
  die "$EXIT_FAILED" "the archive ends before $3" "its last transaction is of ${last:-the base backup itself}; no set was made" "$remedy"
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
  local -a members=()
  # In a process of its own, since MANIFEST is that of the set that is being made.
  (read_manifest "$1" "$2" && [[ $(sha256_of "$1/uploads.sha256") == "${SET_FILE_SUMS[uploads.sha256]:-}" ]]) || return 0
  awk -F '\t' -v list="$1/uploads.sha256" 'BEGIN { while ((getline line <list) > 0) sums[substr(line, 67)] = substr(line, 1, 64) }
    { file = "./" $1 } (file in sums) && ($3 == "" || $3 == sums[file])' "$WORK/absent" >"$WORK/there"
  [[ -s $WORK/there ]] || return 0
  cut -f 1 "$WORK/there" | sed 's|^|./|' >"$WORK/members"
  # A set that can't be unpacked is no reason to give up: another one may have it, and what nobody has is told.
  # As arguments, some at a time: busybox' tar reads no list.
  while mapfile -t -n "$MEMBERS_AT_ONCE" members && ((${#members[@]})); do
    zstd -q -d -c -- "$1/uploads.tar.zst" | tar -C "$WORK/uploads" -xf - "${members[@]}" || say "warning: the uploads of the set ${1##*/} can't be unpacked" >&2
  done <"$WORK/members"
  while IFS=$'\t' read -r path kilobytes sum; do
    [[ ! -e $WORK/uploads/$path ]] || [[ -z $(misfit "$path" "$kilobytes" "$sum") && $(sha256_of "$WORK/uploads/$path") == "$(sum_in_list "$1/uploads.sha256" "$path")" ]] ||
      rm -- "$WORK/uploads/$path"
  done <"$WORK/there"
}

sum_in_list() { # LIST PATH
  awk -v path="./$2" 'substr($0, 67) == path { print substr($0, 1, 64) }' "$1"
}
