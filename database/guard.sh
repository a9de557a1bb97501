#!/usr/bin/env bash
# The database container's entry point: stands before the image's own, whichever PostgreSQL image is in use.
#
#   guard.sh postgres [OPTION...]   check the volume and the passwords, hold it, assert the roles, then hand over to the image's entry point;
#                                   keep the log
#   guard.sh --check                only say whether this image may run on this volume (writes nothing)
#   guard.sh --probe COMMAND...     the health check: what COMMAND says, and an end to a shutdown that waits for ever
#
# A data volume is bound to the major version, C library and collation that made it: PostgreSQL refuses another major by
# itself, but the same major with another C library sorts text differently and silently breaks indexes. So who made the
# volume is recorded beside the data, and another is refused before it starts. So is another POSTGRES_DB or POSTGRES_USER: the
# image obeys them on an empty volume only. Exit 78: refused.
set -Eeuo pipefail

readonly REFUSED=78 LOCK_SECONDS=20 LAST_LINES_SECONDS=5
readonly LOG=/var/log/postgresql/postgresql.log LOG_BYTES=10000000 LOG_KEEPER=/usr/local/share/log-keeper.awk
: "${PGDATA:=/var/lib/postgresql/data/pgdata}"
root=$(dirname -- "$PGDATA")
readonly root record=$root/server-identity names=$root/server-names mark=$root/initialised

say() { printf 'database-guard: %s\n' "$*" >&2; }

this_server() {
  local version major libc locale=C
  version=$(postgres --version)
  [[ $version =~ \ ([0-9]+)[.a-z] ]] || { say "cannot read a version from: $version"; exit 1; }
  major=${BASH_REMATCH[1]}
  libc=$(getconf GNU_LIBC_VERSION 2>/dev/null) || libc=musl
  [[ ${POSTGRES_INITDB_ARGS:-} =~ --locale=([^[:space:]]+) ]] && locale=${BASH_REMATCH[1]}
  printf 'postgresql=%s\nlibc=%s\ncollation=%s\n' "$major" "$libc" "$locale"
}

refuse() {
  say "refused: $1"
  say "Recorded with the data: $2"
  say "This image is:          $3"
  say "Nothing was changed. The way over: go back to the image that made the volume (POSTGRES_IMAGE in .env), make a backup"
  say "there, begin on a new volume with this image, and restore the backup into it."
  exit "$REFUSED"
}

one_line() { printf '%s' "$1" | tr '\n' ' '; }

our_names() { printf 'POSTGRES_DB=%s\nPOSTGRES_USER=%s\n' "${POSTGRES_DB:-postgres}" "${POSTGRES_USER:-postgres}"; }

refuse_names() {
  say "refused: this data volume was made under another name"
  say "It was made with:  $(one_line "$1")"
  say "The settings say:  $(one_line "$(our_names)")"
  say "Nothing was changed. The way over: set them back in .env. To have other names: make a backup, begin a stack with the new names"
  say "on a new volume, and restore the backup into it."
  exit "$REFUSED"
}

check() {
  local mine theirs
  mine=$(this_server)
  if [[ -s $record ]]; then
    theirs=$(<"$record")
    [[ $theirs == "$mine" ]] || refuse "this data volume was made by another PostgreSQL" "$(one_line "$theirs")" "$(one_line "$mine")"
  elif [[ -s $PGDATA/PG_VERSION ]]; then
    refuse "this data volume carries no record of the server that made it" "PostgreSQL $(<"$PGDATA/PG_VERSION"), C library unknown" \
      "$(one_line "$mine")"
  fi
  if [[ -e $mark && -s $names ]]; then
    theirs=$(<"$names")
    [[ $theirs == "$(our_names)" ]] || refuse_names "$theirs"
  fi
}

# write_durably FILE: what standard input holds, or what was there before; never a part.
write_durably() {
  local new
  new=$(mktemp "$root/.new.XXXXXX")
  cat >"$new"
  sync "$new"
  mv -f -- "$new" "$1"
  sync "$root"
}

# One server at a time on one volume. PostgreSQL's own lock file can't see to that here: it names a process, and each container
# counts its processes anew. So one that a killed server left is taken for alive as soon as any process has the number, and one
# in another container for dead. The lock of an open file is the kernel's: whichever container holds it, it ends with its last
# process. It is handed down to the server through each exec.
hold_volume() {
  local lock seconds
  exec {lock}>>"$root/.server-lock"
  for ((seconds = 0; ; seconds++)); do
    if flock -n "$lock"; then break; fi
    if ((seconds == LOCK_SECONDS)); then
      say "refused: another server is at work on this data volume"
      say "Nothing was changed. Stop the other container first: docker ps --filter volume=NAME shows it."
      exit "$REFUSED"
    fi
    sleep 1
  done
  rm -f -- "$PGDATA/postmaster.pid"
}

# A first start that was killed half-way never took a connection over TCP, so it holds nobody's data; it is kept all the same.
put_interrupted_start_aside() {
  local aside
  aside=$PGDATA.interrupted-$(date -u +%Y%m%dT%H%M%SZ)
  say "the first start of this volume was interrupted; its half-made cluster goes to $aside and the start begins anew"
  mv -- "$PGDATA" "$aside"
}

has_entries() { [[ -n $(ls -A -- "$1" 2>/dev/null) ]]; }

declare -a FURTHER_SETTINGS=()
read_further_settings() {
  local line
  [[ -n ${SERVER_SETTINGS:-} ]] || return 0
  while IFS= read -r line || [[ -n $line ]]; do
    [[ -z $line || $line == '#'* ]] || FURTHER_SETTINGS+=(-c "$line")
  done <"$SERVER_SETTINGS"
}

# The single-user server has no listener, so nobody can connect before the passwords of .env are in force. It has the further settings, too:
# a server that archives nothing drops segments that are still to be archived, and may have a crash to recover from here.
assert_roles() {
  local script=/docker-entrypoint-initdb.d/10-service-role.sh output
  if ! output=$(bash "$script" --print | postgres --single -j -D "$PGDATA" "${FURTHER_SETTINGS[@]}" -c exit_on_error=on -c log_checkpoints=off \
    "${POSTGRES_DB:-postgres}" 2>&1); then
    say "the database roles could not be asserted:"
    # The statements carry passwords: only the server's own messages may be shown.
    printf '%s\n' "$output" | grep -E '(ERROR|FATAL|PANIC|HINT|DETAIL):' >&2 || true
    exit 1
  fi
}

# Asked to end by TERM, PostgreSQL takes nobody in any more and waits for the sessions it has: for ever, since pools keep theirs. So
# it would be neither there nor gone. INT, the container's own stop signal, ends them, and the restart policy does the rest.
end_waiting_shutdown() {
  local -a lock_file=()
  [[ -r $PGDATA/postmaster.pid ]] || return 0
  mapfile -t lock_file <"$PGDATA/postmaster.pid"
  # The eighth line is the server's state, the first its process (miscadmin.h).
  [[ ${lock_file[7]:-} != stopping* ]] || kill -INT "${lock_file[0]}"
}

probe() {
  "$@" && return 0
  end_waiting_shutdown
  return 1
}

# Standard input's lines go to standard error, which is what `docker logs` shows, and to files of bounded size.
keep_log() {
  local -a unbuffered=()
  local size line
  [[ $(awk -W version 2>&1 </dev/null) != mawk* ]] || unbuffered=(-W interactive)
  if size=$(touch -- "$LOG" && stat -c %s -- "$LOG"); then
    LC_ALL=C awk "${unbuffered[@]}" -v file="$LOG" -v size="$size" -v most="$LOG_BYTES" -f "$LOG_KEEPER" >&2 || true
  fi
  # The server goes on without its files, where they can't be written; where all is well there is nothing left to read.
  if IFS= read -r line; then
    say "the log goes to standard error only: $LOG can't be written by uid $(id -u) (is the disk full?)"
    printf '%s\n' "$line" >&2
    cat >&2
  fi
}

serve() {
  check
  check-secrets POSTGRES_PASSWORD EXPRESS_DB_PASSWORD
  read_further_settings
  hold_volume
  if [[ ! -e $mark ]] && has_entries "$PGDATA"; then
    put_interrupted_start_aside
  fi
  if [[ -s $PGDATA/PG_VERSION ]]; then
    assert_roles
  else
    this_server | write_durably "$record"
  fi
  # On a volume made before names were recorded, the database and its superuser have just proved to be there.
  [[ -e $mark && -s $names ]] || our_names | write_durably "$names"
  exec docker-entrypoint.sh "$@" "${FURTHER_SETTINGS[@]}"
}

# The container ends with this script, and with the container whoever still reads the server's last lines. So the server takes
# the place of a child of this script, which hands signals on to it and leaves only when the log is complete.
serve_and_log() {
  local log keeper server signal status=0
  local -i tenths
  exec {log}> >(keep_log)
  keeper=$!
  # Without job control a child would have to ignore INT.
  set -m
  (
    set +m
    exec {log}>&-
    serve "$@"
  ) >&"$log" 2>&1 &
  server=$!
  set +m
  exec {log}>&-
  for signal in INT TERM QUIT HUP; do
    # shellcheck disable=SC2064 # the values of now are meant
    trap "kill -$signal $server 2>/dev/null || true" "$signal"
  done
  while :; do
    status=0
    wait "$server" || status=$?
    # A signal ends the wait, too.
    kill -0 "$server" 2>/dev/null || break
  done
  for ((tenths = LAST_LINES_SECONDS * 10; tenths > 0; tenths--)); do
    kill -0 "$keeper" 2>/dev/null || break
    sleep 0.1
  done
  exit "$status"
}

case ${1:-} in
  --check) check ;;
  --probe) probe "${@:2}" ;;
  *) serve_and_log "$@" ;;
esac
