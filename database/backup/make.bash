# shellcheck shell=bash
# Making a set. Database and uploads are two things without a common snapshot, so: uploads are copied, the database's snapshot is
# taken, and what came meanwhile is copied. Files that the snapshot's rows name and that are gone or different by then mean that the
# snapshot fell between the two halves of a change; another is taken a moment later. What stays so is so in the stack itself: the set is
# made all the same, and says it.

readonly SNAPSHOT_TRIES=20 LASTING_MISFITS=4 SPACE_MARGIN=$((64 * 1024 * 1024)) DUMP_COMPRESSION=zstd:3 UPLOADS_COMPRESSION=6
readonly CONNECT_SECONDS=10 STATEMENT_SECONDS=3600

# What the service is told of the sets; content.sql leaves it out as well.
readonly NOT_IN_SETS=runs.backup_state

NOTED='' WORK='' SET_BEGUN=0 SNAPSHOT_PROCESS='' DUMP_PROCESS=''

make_set() { # SET
  local set=$1
  begin_set "$set" "the backup $set" noted
  connect
  require_space
  say "Uploads"
  copy_uploads
  phase uploads-copied
  take_consistent_snapshot
  MANIFEST[origin]=database
  snapshot_ask "SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"');"
  MANIFEST[moment]=$ANSWER
  phase snapshot
  finish_set "$set"
  publish || say "warning: the service could not be told of it; its metrics will know at the next backup" >&2
}

# What every set begins with, wherever its content comes from. How a backup ends is noted; a recovery says nothing of the backups.
begin_set() { # SET WHAT [noted]
  [[ $1 =~ $SET_NAME ]] || die "$EXIT_USAGE" "$1 is no set's name" "" "./stack backup"
  SET_BEGUN=$EPOCHSECONDS
  take_lock "$2"
  phase locked
  [[ ! -e $BACKUPS/$1 ]] || die "$EXIT_FAILED" "there is a set $1 already" "" "./stack backup"
  if [[ ${3:-} == noted ]]; then
    note_outcome begun "$1"
    NOTED=$1
  fi
  trap 'abandon' EXIT
  backup_key >/dev/null
  read_facts
  MANIFEST[set]=$1 MANIFEST[begun]=$(utc "$SET_BEGUN")
  WORK=$BACKUPS/.making-$1
  mkdir -- "$WORK" "$WORK/set" "$WORK/uploads"
  : >"$WORK/begun"
}

# finish_set SET: the database as the snapshot has it, and the uploads that were gathered. At the end the set is there, whole.
finish_set() {
  local key
  key=$(backup_key)
  say "Database"
  dump_database
  phase dumped
  end_snapshot
  pack_uploads
  phase uploads-packed
  copy_settings
  MANIFEST[ended]=$(utc) MANIFEST[keyId]=$(key_id "$key")
  phase manifest
  write_manifest "$WORK/set" "$key" "$WORK/tables" "$SETTINGS/fingerprints" ||
    die "$EXIT_FAILED" "the manifest can't be written" "see the message above (is the disk full?); no set was made" "df -h"
  # Whatever went wrong unseen while it was written shows now.
  read_manifest "$WORK/set" "$key" || die "$EXIT_FAILED" "the manifest can't be read back" "$SET_FAULT; no set was made" "df -h"
  sync_tree "$WORK/set"
  phase synced
  mv -- "$WORK/set" "$BACKUPS/$1"
  sync "$BACKUPS"
  if [[ -n $NOTED ]]; then
    NOTED=''
    note_outcome made "$1" || say "warning: the set is made, but that can't be noted (is the disk full?)" >&2
  fi
  phase made
  end_server
  rm -rf -- "$WORK"
  WORK=''
  tell_set "$1" $((EPOCHSECONDS - SET_BEGUN))
}

abandon() {
  local -i status=$?
  [[ -z $DUMP_PROCESS ]] || kill "$DUMP_PROCESS" 2>/dev/null || true
  [[ -z $SNAPSHOT_PROCESS ]] || kill "$SNAPSHOT_PROCESS" 2>/dev/null || true
  end_server
  [[ -z $NOTED ]] || note_outcome failed "$NOTED" || true
  if [[ -n $WORK ]]; then
    rm -rf -- "$WORK"
    ((status == 0)) || say "No set was made; what there was of it is removed." >&2
  fi
  exit "$status"
}

# facts: NAME=VALUE, what only the host knows of the stack.
read_facts() {
  local name value
  while IFS='=' read -r name value; do
    # shellcheck disable=SC2004 # an associative array's key is no arithmetic
    [[ ! $name =~ ^(stack|revision|image|imageId)$ ]] || MANIFEST[$name]=$value
  done <"$SETTINGS/facts"
}

connect_to_server() {
  local password
  password=$(<"$SETTINGS/password")
  password=${password//\\/\\\\}
  printf '*:*:*:*:%s\n' "${password//:/\\:}" >/tmp/pgpass
  export PGPASSFILE=/tmp/pgpass PGUSER=$POSTGRES_USER PGDATABASE=$POSTGRES_DB PGCONNECT_TIMEOUT=$CONNECT_SECONDS PGAPPNAME=backup \
    PGOPTIONS="-c client_min_messages=warning -c statement_timeout=${STATEMENT_SECONDS}s -c lock_timeout=60s -c idle_in_transaction_session_timeout=0"
}

connect() {
  local answer
  connect_to_server
  answer=$(ask "SELECT current_setting('server_version'), current_setting('server_version_num'), pg_encoding_to_char(encoding), datcollate, pg_database_size(oid),
      (SELECT string_agg(DISTINCT role, ',') FROM (
         SELECT pg_get_userbyid(relowner) AS role FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
         UNION SELECT pg_get_userbyid(refobjid) FROM pg_shdepend WHERE refclassid = 'pg_authid'::regclass AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())) roles)
    FROM pg_database WHERE datname = current_database()") ||
    die "$EXIT_FAILED" "the database does not answer" "see its message above; no set was made" "./stack status"
  IFS='|' read -r 'MANIFEST[server]' 'MANIFEST[serverNumber]' 'MANIFEST[encoding]' 'MANIFEST[collation]' 'MANIFEST[databaseBytes]' 'MANIFEST[owners]' <<<"$answer"
  MANIFEST[database]=$POSTGRES_DB
  MANIFEST[libc]=$(getconf GNU_LIBC_VERSION 2>/dev/null) || MANIFEST[libc]=musl
}

ask() { # SQL
  psql -XAtq -v ON_ERROR_STOP=1 -c "$1"
}

# Twice the uploads, since they lie copied and packed for a while; the database as large as it is, though its dump is smaller.
require_space() {
  local -i needed free uploads
  uploads=$(bytes_below "$UPLOADS")
  needed=$((MANIFEST[databaseBytes] + 2 * uploads + SPACE_MARGIN))
  free=$(free_bytes "$BACKUPS")
  ((free >= needed)) ||
    die "$EXIT_ENVIRONMENT" "too little disk space for a backup: $(mebibytes_of "$free") are free where the sets lie" \
      "the database has $(mebibytes_of "${MANIFEST[databaseBytes]}"), the uploads $(mebibytes_of "$uploads"); with room to work that is $(mebibytes_of "$needed")" \
      "./stack prune, or make room on that disk"
}

# About: a file that goes away meanwhile, as those of an upload under way do, counts or doesn't.
bytes_below() { # FOLDER
  find "$1" -type f -exec sh -c 'stat -c %s -- "$@" 2>/dev/null || :' sh {} + | awk '{ sum += $1 } END { printf "%.0f", sum }'
}

# Files whose name begins with a dot are not uploads: what a restore or an upload under way keeps there.
list_uploads() { # FOLDER
  (cd -- "$1" && find . -name '.?*' -prune -o -type f -print | sort)
}

# Copies what is not there yet, or newer. What goes away meanwhile is no fault: whether a row needs it is judged by the snapshot.
copy_uploads() {
  local list
  list=$(list_uploads "$UPLOADS")
  [[ -n $list ]] || return 0
  # Printable ASCII but the backslash, which sha256sum would write twice.
  if LC_ALL=C grep -q '[^] -[^-~]' <<<"$list"; then
    list=$(LC_ALL=C grep '[^] -[^-~]' <<<"$list" | head -n 1)
    die "$EXIT_FAILED" "an upload's name holds a backslash or a character that is not printable ASCII: ${list//[^ -~]/?}" "Strapi gives no such name; no set was made" \
      "rename or remove it in the uploads volume"
  fi
  local folder
  (cd -- "$UPLOADS" && find . -mindepth 1 -name '.?*' -prune -o -type d -print) | while IFS= read -r folder; do
    (umask 022 && mkdir -p -- "$WORK/uploads/$folder")
  done
  while IFS= read -r file; do
    if [[ ! -e $WORK/uploads/$file || $UPLOADS/$file -nt $WORK/uploads/$file ]]; then printf '%s\n' "$file"; fi
  done <<<"$list" >"$WORK/to-copy"
  copy_listed
}

# In few runs of cp, and where one of them fails, one by one: then it is told what failed, and no half of a file stays.
copy_listed() {
  local folder
  sed 's|/[^/]*$||' "$WORK/to-copy" | sort -u >"$WORK/folders"
  while IFS= read -r folder; do
    # shellcheck disable=SC2016 # what stands in quotes is for sh
    FOLDER=$folder awk '{ parent = $0; sub("/[^/]*$", "", parent) } parent == ENVIRON["FOLDER"]' "$WORK/to-copy" | tr '\n' '\0' |
      (cd -- "$UPLOADS" && xargs -0 sh -c 'exec cp -p -- "$@" "$0/"' "$WORK/uploads/$folder") 2>/dev/null || {
      copy_one_by_one
      break
    }
  done <"$WORK/folders"
  cat "$WORK/to-copy" >>"$WORK/to-hash"
}

copy_one_by_one() {
  local file
  while IFS= read -r file; do
    cp -p -- "$UPLOADS/$file" "$WORK/uploads/$file" 2>>"$WORK/copy-errors" || {
      rm -f -- "$WORK/uploads/$file"
      [[ ! -e $UPLOADS/$file ]] || {
        cat "$WORK/copy-errors" >&2
        die "$EXIT_FAILED" "the upload $file can't be copied" "see the message above; no set was made" "./stack backup"
      }
    }
  done <"$WORK/to-copy"
}

# The SHA-256 of each copy by its path, each copy read once.
declare -gA COPY_SUMS=()
hash_copies() {
  local line
  [[ -s $WORK/to-hash ]] || return 0
  # One that is gone again, and one that was copied twice, is no fault.
  while IFS= read -r line; do COPY_SUMS[${line:66}]=${line:0:64}; done < <(sort -u "$WORK/to-hash" | tr '\n' '\0' |
    (cd -- "$WORK/uploads" && xargs -0 sha256sum -- 2>/dev/null))
  : >"$WORK/to-hash"
}

take_consistent_snapshot() {
  local -i try same=0
  local before='' now
  for ((try = 1; try <= SNAPSHOT_TRIES; try++)); do
    copy_uploads
    begin_snapshot
    copy_uploads
    read_upload_rows
    if uploads_fit; then
      drop_strangers
      return 0
    fi
    now=$(<"$WORK/misfits")
    if [[ $now == "$before" ]]; then same+=1; else same=1; fi
    before=$now
    if ((same == LASTING_MISFITS)); then
      accept_misfits "that the stack itself does not have"
      drop_strangers
      return 0
    fi
    end_snapshot
    sleep "0.$((RANDOM % 5 + 1))"
  done
  die "$EXIT_FAILED" "uploads change faster than they can be copied" "in none of $SNAPSHOT_TRIES snapshots did the rows and the files fit; the last misfits:
$(head -n 5 "$WORK/misfits")
No set was made" "./stack backup, when less is being uploaded"
}

accept_misfits() { # WHICH
  sort "$WORK/misfits" >"$WORK/set/uploads.misfits"
  {
    printf 'warning: rows name uploads %s. The set is made, and lists them in uploads.misfits:\n' "$1"
    head -n 5 "$WORK/set/uploads.misfits" | sed 's/^/  /'
  } >&2
}

begin_snapshot() {
  coproc SNAPSHOT { exec psql -XAtq -v ON_ERROR_STOP=1 2>&1; }
  SNAPSHOT_PROCESS=$SNAPSHOT_PID
  snapshot_ask "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT pg_export_snapshot();"
  SNAPSHOT_ID=$ANSWER
  [[ $SNAPSHOT_ID =~ ^[0-9A-F-]+$ ]] || die "$EXIT_FAILED" "the database gives no snapshot" "$SNAPSHOT_ID" "./stack status"
}

# snapshot_ask SQL [COMMAND…]: sends a command to the session that holds the snapshot, and waits for its end; meanwhile COMMAND is run once a second.
ANSWER='' SNAPSHOT_ID=''
snapshot_ask() {
  local line='' got deadline=$((SECONDS + STATEMENT_SECONDS))
  local sql=$1
  shift
  ANSWER=''
  printf '%s\n\\echo end-of-answer\n' "$sql" >&"${SNAPSHOT[1]}"
  while ((SECONDS < deadline)); do
    got=''
    if IFS= read -r -t 1 got <&"${SNAPSHOT[0]}"; then
      line+=$got
      [[ $line != end-of-answer ]] || return 0
      ANSWER+=${ANSWER:+$'\n'}$line
      line=''
    else
      (($? > 128)) || break
      line+=$got
      (($# == 0)) || "$@"
    fi
  done
  die "$EXIT_FAILED" "the database did not answer" "${ANSWER:-its session has ended}" "./stack status"
}

end_snapshot() {
  [[ -n $SNAPSHOT_PROCESS ]] || return 0
  printf '\\q\n' >&"${SNAPSHOT[1]}" || true
  wait "$SNAPSHOT_PROCESS" 2>/dev/null || true
  SNAPSHOT_PROCESS=''
}

# What the snapshot's rows name, a line a file.
read_upload_rows() {
  snapshot_ask "\\set provider local
\\pset fieldsep '\\t'
$(<"$here/uploads.sql")"
  printf '%s' "${ANSWER:+$ANSWER$'\n'}" >"$WORK/rows" || die_of_full_disk
}

# Whether each of those files is among the copies, with the row's size and, where that is recorded, its hash.
uploads_fit() {
  local path kilobytes sum
  hash_copies
  while IFS=$'\t' read -r path kilobytes sum; do
    misfit "$path" "$kilobytes" "$sum" || die_of_full_disk
  done <"$WORK/rows" >"$WORK/misfits"
  awk -F '\t' '{ print "./" $1 }' "$WORK/rows" >"$WORK/named" || die_of_full_disk
  [[ ! -s $WORK/misfits ]]
}

die_of_full_disk() {
  die "$EXIT_FAILED" "the disk of the sets takes no more" "see the message above; no set was made" "df -h"
}

# misfit PATH KILOBYTES SUM: in what the copy differs from what its row says; nothing where it fits.
misfit() {
  local file=$WORK/uploads/$1
  local -i bytes
  if [[ ! -f $file ]]; then
    printf '%s is gone\n' "$1"
  elif [[ -n $3 ]]; then
    [[ ${COPY_SUMS[./$1]:-$(sha256_of "$file")} == "$3" ]] || printf '%s is another file than the one uploaded\n' "$1"
  else
    bytes=$(stat -c %s -- "$file")
    # Strapi keeps thousands of bytes, rounded to two decimals.
    awk -v b="$bytes" -v k="$2" 'BEGIN { d = b / 1000 - k; exit !(d < 0.011 && d > -0.011) }' ||
      printf "%s has %d bytes, and its row says %s kB\n" "$1" "$bytes" "$2"
  fi
}

# Copies that no row of the snapshot names, of uploads that came or went while the set was being made, belong to another moment. What the
# operator laid there without a row stays.
drop_strangers() {
  local file
  list_uploads "$WORK/uploads" | awk -v named="$WORK/named" 'BEGIN { while ((getline path <named) > 0) there[path] = 1 } !($0 in there)' | while IFS= read -r file; do
    if [[ ! -e $UPLOADS/$file || $WORK/uploads/$file -nt $WORK/begun ]]; then rm -f -- "$WORK/uploads/$file"; fi
  done
}

dump_database() {
  local -i status=0
  DUMP_STARTED=$SECONDS DUMP_TOLD=$SECONDS
  # By a name of its own, so that whoever looks at the server's sessions knows it.
  PGAPPNAME=pg_dump pg_dump --format=custom --compress="$DUMP_COMPRESSION" --snapshot="$SNAPSHOT_ID" --no-password --exclude-table-data="$NOT_IN_SETS" --file="$WORK/set/database.dump" 2>"$WORK/dump-errors" &
  DUMP_PROCESS=$!
  phase dumping
  # In the same snapshot, while the dump is being written.
  snapshot_ask "$(<"$here/content.sql")" tell_dump
  printf '%s\n' "$ANSWER" >"$WORK/tables"
  if grep -v '^{"table": ' "$WORK/tables" >&2; then
    die "$EXIT_FAILED" "the database's content can't be read" "its message is above; no set was made" "./stack status"
  fi
  while kill -0 "$DUMP_PROCESS" 2>/dev/null; do
    sleep 0.2
    tell_dump
  done
  wait "$DUMP_PROCESS" || status=$?
  DUMP_PROCESS=''
  ((status == 0)) || {
    cat "$WORK/dump-errors" >&2
    die "$EXIT_FAILED" "the database could not be dumped" "pg_dump ended with status $status; its message is above; no set was made" "./stack status"
  }
}

# A sign of life with the rate, and the time left where an earlier dump says how large this one may become.
DUMP_STARTED=0 DUMP_TOLD=0
tell_dump() {
  local -i bytes rate expected
  local left=''
  ((SECONDS - DUMP_TOLD >= 5)) || return 0
  DUMP_TOLD=$SECONDS
  bytes=$(stat -c %s -- "$WORK/set/database.dump" 2>/dev/null || echo 0)
  rate=$((bytes / (SECONDS - DUMP_STARTED)))
  expected=$(last_dump_bytes)
  if ((expected > bytes && rate > 0)); then left=", about $(((expected - bytes) / rate)) s left"; fi
  printf '  %s written, %s/s%s\n' "$(mebibytes_of "$bytes")" "$(mebibytes_of "$rate")" "$left"
}

last_dump_bytes() {
  local set last=''
  for set in "$BACKUPS"/[0-9]*Z; do [[ ! -s $set/database.dump ]] || last=$set; done
  if [[ -n $last ]]; then stat -c %s -- "$last/database.dump"; else echo 0; fi
}

pack_uploads() {
  local -i status=0
  local file
  list_uploads "$WORK/uploads" >"$WORK/list" || status=$?
  MANIFEST[uploadFiles]=$(awk 'END { printf "%d", NR }' "$WORK/list") MANIFEST[uploadBytes]=$(bytes_below "$WORK/uploads")
  # Those of a recovery were not copied by copy_uploads.
  while IFS= read -r file; do
    [[ -n ${COPY_SUMS[$file]:-} ]] || printf '%s\n' "$file"
  done <"$WORK/list" >"$WORK/to-hash" || status=$?
  hash_copies
  while IFS= read -r file; do
    [[ -n ${COPY_SUMS[$file]:-} ]] || status=1
    printf '%s  %s\n' "${COPY_SUMS[$file]:-}" "$file" || status=$?
  done <"$WORK/list" >"$WORK/set/uploads.sha256" || status=$?
  tar -C "$WORK/uploads" -cf - . | zstd -q "-$UPLOADS_COMPRESSION" -T0 -o "$WORK/set/uploads.tar.zst" || status=$?
  ((status == 0)) || die "$EXIT_FAILED" "the uploads could not be packed" "see the message above (is the disk full?); no set was made" "df -h"
}

copy_settings() {
  cp -R -- "$SETTINGS/configuration" "$WORK/set/configuration"
  if [[ -n ${BACKUP_RECIPIENT:-} ]]; then
    command -v age >/dev/null ||
      die "$EXIT_ENVIRONMENT" "BACKUP_RECIPIENT is set, but this PostgreSQL image has no age" "so the secrets can't be encrypted; no set was made"         "set POSTGRES_IMAGE to the image that ./stack builds, or empty BACKUP_RECIPIENT"
    age --encrypt --recipient "$BACKUP_RECIPIENT" --output "$WORK/set/env.age" "$SETTINGS/env" ||
      die "$EXIT_ENVIRONMENT" "the secrets can't be encrypted for BACKUP_RECIPIENT" "see age's message above; no set was made" "correct it in .env, then ./stack backup"
    MANIFEST[secrets]=age
  else
    cp -- "$SETTINGS/env" "$WORK/set/env"
    MANIFEST[secrets]=plain
  fi
  find "$WORK/set" -type d -exec chmod 0750 {} +
  find "$WORK/set" -type f -exec chmod 0640 {} +
  chmod 0600 "$WORK/set"/env*
}

sync_tree() { # FOLDER
  find "$1" -exec sync {} +
}

tell_set() { # SET SECONDS
  local size
  size=$(bytes_below "$BACKUPS/$1")
  say "Made the set $1 in $2 s: $(mebibytes_of "$size"), of a database of $(mebibytes_of "${MANIFEST[databaseBytes]}") and ${MANIFEST[uploadFiles]} uploads of $(mebibytes_of "${MANIFEST[uploadBytes]}")."
  if [[ ${MANIFEST[secrets]} == plain ]]; then
    say "It holds the secrets of .env as they are, readable by its owner alone (env, mode 600). BACKUP_RECIPIENT would have them encrypted."
  fi
}
