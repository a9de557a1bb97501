#!/usr/bin/env bash
# The database container's entry point: stands before the image's own, whichever PostgreSQL image is in use.
#
#   guard.sh postgres [OPTION...]   check the volume and the passwords, hold it, assert the roles, then hand over to the image's entry point
#   guard.sh --check                only say whether this image may run on this volume (writes nothing)
#   guard.sh --probe COMMAND...     the health check: what COMMAND says, and an end to a shutdown that waits for ever
#
# A data volume is bound to the major version, C library and collation that made it: PostgreSQL refuses another major by
# itself, but the same major with another C library sorts text differently and silently breaks indexes. So who made the
# volume is recorded beside the data, and another is refused before it starts. Exit 78: refused.
set -Eeuo pipefail

readonly REFUSED=78 LOCK_SECONDS=20
: "${PGDATA:=/var/lib/postgresql/data/pgdata}"
root=$(dirname -- "$PGDATA")
readonly root record=$root/server-identity mark=$root/initialised

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
}

write_record() {
  local new
  new=$(mktemp "$root/.server-identity.XXXXXX")
  this_server >"$new"
  sync "$new"
  mv -f -- "$new" "$record"
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

# The single-user server has no listener, so nobody can connect before the passwords of .env are in force.
assert_roles() {
  local script=/docker-entrypoint-initdb.d/10-service-role.sh output
  if ! output=$(bash "$script" --print | postgres --single -j -D "$PGDATA" -c exit_on_error=on -c log_checkpoints=off \
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

if [[ ${1:-} == --probe ]]; then
  probe "${@:2}"
  exit
fi
check
[[ ${1:-} == --check ]] && exit 0
check-secrets POSTGRES_PASSWORD EXPRESS_DB_PASSWORD
hold_volume

if [[ ! -e $mark ]] && has_entries "$PGDATA"; then
  put_interrupted_start_aside
fi
if [[ -s $PGDATA/PG_VERSION ]]; then
  assert_roles
else
  write_record
fi
exec docker-entrypoint.sh "$@"
