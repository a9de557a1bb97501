# shellcheck shell=bash
# Verifying a set is restoring it: into a server that lives in this container alone, listens on no network, and is gone afterwards.

readonly SERVER_SECONDS=60 FULL=$((1024 * 1024))

SERVER_PROCESS='' VERIFYING=''

verify_set() { # SET
  local set=$1 started=$EPOCHSECONDS
  require_set "$set"
  take_lock "the verification of $set"
  VERIFYING=$set
  WORK=$BACKUPS/.verifying-$set
  trap 'end_verification' EXIT
  mkdir -- "$WORK"
  phase locked
  say "Checksums"
  check_set "$BACKUPS/$set" "$(backup_key)" || {
    MANIFEST[set]=$set
    ((SET_FAULT_CODE != EXIT_NOT_VERIFIED)) || write_result "$set" false "$started" "$SET_FAULT"
    refuse_set "$set"
  }
  phase checked
  require_space_to_verify
  name_this_user
  say "Database"
  start_throwaway_server
  phase server-started
  load_dump "$BACKUPS/$set" verified
  phase loaded
  compare_tables "$BACKUPS/$set" verified
  check_indexes verified
  phase compared
  say "Uploads"
  unpack_uploads "$BACKUPS/$set" "$WORK/uploads"
  compare_rows_with_uploads "$BACKUPS/$set" verified
  phase uploads-compared
  write_result "$set" true "$started" ''
  say "Verified the set $set in $((EPOCHSECONDS - started)) s: $(manifest_tables "$BACKUPS/$set" | awk 'END { print NR }') tables, ${MANIFEST[uploadFiles]} uploads, all as when it was made."
}

end_verification() {
  local -i status=$?
  trap - EXIT
  # No exit code of ours: a command could not write.
  if [[ ! " 0 $EXIT_LOCKED $EXIT_WRONG_KEY $EXIT_NOT_VERIFIED $EXIT_ENVIRONMENT " == *" $status "* ]] && disk_is_full; then
    printf '\nerror: the disk of the sets takes no more\n  why:  see the message above; that says nothing of the set\n  next: df -h\n' >&2
    status=$EXIT_ENVIRONMENT
  fi
  end_server
  rm -rf -- "$WORK"
  exit "$status"
}

# not_as_made WHAT: the set is not what its manifest says.
not_as_made() {
  ! disk_is_full || die "$EXIT_ENVIRONMENT" "the disk is full where the set is being restored" "$1; that says nothing of the set" "df -h"
  [[ -z $VERIFYING ]] || write_result "${MANIFEST[set]}" false "$EPOCHSECONDS" "$1"
  die "$EXIT_NOT_VERIFIED" "the set ${MANIFEST[set]} does not restore to what it was made of" "$1" "use another set: ./stack backups"
}

disk_is_full() {
  (($(free_bytes "$WORK") < FULL))
}

# blame_environment ERRORS: a server that is gone, or a disk that is full, says nothing of the set.
blame_environment() {
  local line
  line=$(grep -m 1 -E 'No space left on device|server closed the connection|terminating connection|connection to server|the database system is|out of memory|out of shared memory' "$1") ||
    return 0
  die "$EXIT_ENVIRONMENT" "the set ${MANIFEST[set]} could not be loaded" "$line; that says nothing of the set" "df -h, or ./stack logs postgres"
}

# Beside the set, since a set never changes.
write_result() { # SET OK STARTED REASON
  printf '{"set": "%s", "verified": %s, "at": "%s", "seconds": %d, "by": %s, "reason": %s}\n' "$1" "$2" "$(utc)" $((EPOCHSECONDS - $3)) \
    "$(json_string "${VERIFIER:-$(id -un)}")" "$(json_string "$4")" | write_durably "$BACKUPS/$1.verified"
}

require_space_to_verify() {
  local -i needed free
  # Data and indexes as they were, the write-ahead log of loading them, and the uploads.
  needed=$((MANIFEST[databaseBytes] * 2 + MANIFEST[uploadBytes] + SPACE_MARGIN * 4))
  free=$(free_bytes "$BACKUPS")
  ((free >= needed)) ||
    die "$EXIT_ENVIRONMENT" "too little disk space to verify: $(mebibytes_of "$free") are free where the sets lie" \
      "the set is restored there for a while, which takes $(mebibytes_of "$needed")" "make room on that disk"
}

start_throwaway_server() {
  local -i tenths
  initdb --pgdata="$WORK/data" --username="${POSTGRES_USER:-postgres}" --auth=trust --encoding="${MANIFEST[encoding]}" --locale="${MANIFEST[collation]}" --no-sync >"$WORK/initdb" 2>&1 || {
    cat "$WORK/initdb" >&2
    die "$EXIT_ENVIRONMENT" "no throwaway server can be made" "see initdb's message above" "df -h"
  }
  start_server "$WORK/data"
  for ((tenths = 0; tenths < SERVER_SECONDS * 10; tenths++)); do
    if pg_isready -q; then return 0; fi
    kill -0 "$SERVER_PROCESS" 2>/dev/null || break
    sleep 0.1
  done
  cat "$WORK/server" >&2
  die "$EXIT_ENVIRONMENT" "the throwaway server doesn't start" "its messages are above" "df -h"
}

# start_server FOLDER OPTION…: for this container alone. Nothing of it has to survive anything.
start_server() {
  export PGHOST=/tmp PGUSER=${POSTGRES_USER:-postgres} PGDATABASE=postgres
  postgres -D "$1" -c listen_addresses= -c unix_socket_directories=/tmp -c fsync=off -c full_page_writes=off -c synchronous_commit=off \
    -c autovacuum=off -c wal_level=minimal -c max_wal_senders=0 -c shared_buffers=128MB -c maintenance_work_mem=128MB -c max_wal_size=512MB \
    -c log_min_messages=warning -c log_statement=none "${@:2}" >"$WORK/server" 2>&1 &
  SERVER_PROCESS=$!
}

end_server() {
  [[ -n $SERVER_PROCESS ]] || return 0
  kill -QUIT "$SERVER_PROCESS" 2>/dev/null || true
  wait "$SERVER_PROCESS" 2>/dev/null || true
  SERVER_PROCESS=''
}

# load_dump SET_FOLDER DATABASE: into a new database, all or nothing. What the set's superuser owned becomes this server's superuser's.
load_dump() {
  local owner
  local -a owners=() strangers=()
  IFS=, read -r -a owners <<<"${MANIFEST[owners]}"
  for owner in "${owners[@]}"; do
    if [[ $(ask "SELECT count(*) FROM pg_roles WHERE rolname = $(sql_literal "$owner")") == 0 ]]; then
      ask "CREATE ROLE $(sql_name "$owner")"
      strangers+=("$owner")
    fi
  done
  ask "CREATE DATABASE $(sql_name "$2") TEMPLATE template0 ENCODING $(sql_literal "${MANIFEST[encoding]}")"
  pg_restore --exit-on-error --single-transaction --no-password --dbname="$2" "$1/database.dump" 2>"$WORK/restore-errors" || {
    cat "$WORK/restore-errors" >&2
    blame_environment "$WORK/restore-errors"
    not_as_made "its dump can't be loaded: $(head -n 1 "$WORK/restore-errors")"
  }
  ((${#strangers[@]} == 0)) || [[ -n $VERIFYING ]] || say "warning: the set knows roles that this server doesn't have, and their rights are left out: ${strangers[*]}" >&2
  for owner in "${strangers[@]}"; do
    PGDATABASE=$2 ask "REASSIGN OWNED BY $(sql_name "$owner") TO CURRENT_USER; DROP OWNED BY $(sql_name "$owner"); DROP ROLE $(sql_name "$owner")"
  done
}

sql_name() {
  printf '"%s"' "${1//\"/\"\"}"
}

sql_literal() {
  local quote="'"
  printf "'%s'" "${1//$quote/$quote$quote}"
}

compare_tables() { # SET_FOLDER DATABASE
  manifest_tables "$1" >"$WORK/expected"
  psql -XAtq -v ON_ERROR_STOP=1 -d "$2" -f "$here/content.sql" >"$WORK/observed" 2>"$WORK/content-errors" || {
    cat "$WORK/content-errors" >&2
    blame_environment "$WORK/content-errors"
    not_as_made "its tables can't be read: $(head -n 1 "$WORK/content-errors")"
  }
  if ! diff "$WORK/expected" "$WORK/observed" >"$WORK/differences"; then
    not_as_made "its tables are not those of its manifest:"$'\n'"$(grep '^[<>]' "$WORK/differences" | head -n 6)"
  fi
}

# Whatever the index says is compared with the heap, both ways (PostgreSQL's own amcheck).
check_indexes() { # DATABASE
  local -x PGDATABASE=$1
  # Rolled back, so that the extension is in no later dump; one that the operator made stays.
  if ! ask "BEGIN; CREATE EXTENSION IF NOT EXISTS amcheck;
      SELECT bt_index_parent_check(c.oid, true, true) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
        JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE a.amname = 'btree' AND c.relkind = 'i' AND c.relpersistence = 'p' AND i.indisvalid AND n.nspname !~ '^pg_';
      ROLLBACK" >/dev/null 2>"$WORK/amcheck"; then
    blame_environment "$WORK/amcheck"
    not_as_made "an index of the restored database can't be trusted: $(head -n 1 "$WORK/amcheck")"
  fi
}

# unpack_uploads SET_FOLDER FOLDER: and compare each file with the list.
unpack_uploads() {
  mkdir -- "$2"
  { zstd -q -d -c -- "$1/uploads.tar.zst" | tar -C "$2" -xf -; } 2>"$WORK/unpack-errors" || {
    cat "$WORK/unpack-errors" >&2
    blame_environment "$WORK/unpack-errors"
    not_as_made "its uploads can't be unpacked: $(head -n 1 "$WORK/unpack-errors")"
  }
  (cd -- "$2" && list_uploads .) >"$WORK/unpacked"
  if ! diff <(cut -c 67- "$1/uploads.sha256") "$WORK/unpacked" >"$WORK/differences"; then
    not_as_made "its uploads are not those of its list: $(grep '^[<>]' "$WORK/differences" | head -n 3)"
  fi
  # busybox knows no --quiet.
  if [[ -s $1/uploads.sha256 ]] && ! (cd -- "$2" && sha256sum -c "$1/uploads.sha256") >"$WORK/differences" 2>&1; then
    not_as_made "an upload is not the one that was backed up: $(grep -v ': OK$' "$WORK/differences" | head -n 3)"
  fi
}

# But for those that the stack itself had lost when the set was made.
compare_rows_with_uploads() { # SET_FOLDER DATABASE
  local missing
  missing=$(psql -XAtq -v ON_ERROR_STOP=1 -v provider=local -d "$2" -P fieldsep=$'\t' -f "$here/uploads.sql" | cut -f 1 | while IFS= read -r file; do
    [[ -z $file || -f $WORK/uploads/$file ]] || grep -qsF -- "$file is gone" "$1/uploads.misfits" || printf '%s\n' "$file"
  done)
  [[ -z $missing ]] || not_as_made "rows name uploads that it doesn't hold: $(head -n 3 <<<"$missing")"
}
