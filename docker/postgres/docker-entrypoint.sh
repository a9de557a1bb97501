#!/usr/bin/env bash
# Stands in for the official postgres image where no container registry is in reach, and honours its contract:
# POSTGRES_PASSWORD, POSTGRES_USER, POSTGRES_DB, POSTGRES_INITDB_ARGS (each also as NAME_FILE), POSTGRES_INITDB_WALDIR,
# POSTGRES_HOST_AUTH_METHOD, PGDATA, and /docker-entrypoint-initdb.d/*.{sh,sql,sql.gz,sql.xz,sql.zst} on an empty PGDATA.
# Source of the contract: the documentation of the Docker Official Image "postgres".
set -Eeuo pipefail
shopt -s nullglob

say() { printf 'postgres-entrypoint: %s\n' "$*"; }
fail() { printf 'postgres-entrypoint: %s\n' "$*" >&2; exit 1; }

# setting NAME [DEFAULT] — from NAME or from the file that NAME_FILE names.
setting() {
  local name=$1 file_name=$1_FILE value
  if [[ -n ${!name:-} && -n ${!file_name:-} ]]; then
    fail "both $name and $file_name are set; set only one of them"
  elif [[ -n ${!file_name:-} ]]; then
    value=$(<"${!file_name}") || fail "$file_name names ${!file_name}, which cannot be read"
  else
    value=${!name:-${2:-}}
  fi
  unset "$file_name"
  export "$name=$value"
}

run_psql() {
  PGHOST='' PGHOSTADDR='' psql --set ON_ERROR_STOP=1 --no-psqlrc --no-password --username "$POSTGRES_USER" --dbname "$@"
}

make_cluster() {
  local -a arguments=()
  [[ -z ${POSTGRES_INITDB_WALDIR:-} ]] || arguments+=(--waldir "$POSTGRES_INITDB_WALDIR")
  # Word splitting is the contract: the variable holds several arguments.
  # shellcheck disable=SC2206
  arguments+=(${POSTGRES_INITDB_ARGS:-})
  if [[ -n $POSTGRES_PASSWORD ]]; then
    initdb --username="$POSTGRES_USER" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") "${arguments[@]}"
  else
    initdb --username="$POSTGRES_USER" "${arguments[@]}"
  fi
  printf '\nhost all all all %s\n' "${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" >>"$PGDATA/pg_hba.conf"
}

run_init_scripts() {
  local script
  for script in /docker-entrypoint-initdb.d/*; do
    say "init script $script"
    case $script in
      *.sh)
        if [[ -x $script ]]; then
          "$script"
        else
          # The contract: a script that is not executable is sourced.
          # shellcheck source=/dev/null
          . "$script"
        fi
        ;;
      *.sql) run_psql "$POSTGRES_DB" --file "$script" ;;
      *.sql.gz) gunzip --stdout "$script" | run_psql "$POSTGRES_DB" ;;
      *.sql.xz) xz --decompress --stdout "$script" | run_psql "$POSTGRES_DB" ;;
      *.sql.zst) zstd --decompress --stdout "$script" | run_psql "$POSTGRES_DB" ;;
      *) say "ignored: $script" ;;
    esac
  done
}

# The temporary server has no TCP listener, so that a health check over TCP cannot take it for the real one.
first_start() {
  if [[ -z $POSTGRES_PASSWORD && ${POSTGRES_HOST_AUTH_METHOD:-} != trust ]]; then
    fail "POSTGRES_PASSWORD is empty: the superuser needs a password. Set POSTGRES_PASSWORD or POSTGRES_PASSWORD_FILE"
  fi
  make_cluster
  pg_ctl --pgdata="$PGDATA" --options="$(printf '%q ' "$@" -c listen_addresses= -p "${PGPORT:-5432}")" --wait --silent start
  if [[ $POSTGRES_DB != postgres ]]; then
    # SQL has no placeholder for an identifier in CREATE DATABASE; psql quotes it.
    run_psql postgres --set db="$POSTGRES_DB" <<<'CREATE DATABASE :"db";'
  fi
  run_init_scripts
  pg_ctl --pgdata="$PGDATA" --mode=fast --wait --silent stop
  say "first start done; the server begins"
}

[[ ${1:-} != -* ]] || set -- postgres "$@"
[[ ${1:-} == postgres ]] || exec "$@"

if ((EUID == 0)); then
  mkdir -p "$PGDATA"
  chown -R postgres "$PGDATA"
  chown postgres /var/run/postgresql
  exec setpriv --reuid=postgres --regid=postgres --init-groups "${BASH_SOURCE[0]}" "$@"
fi

setting POSTGRES_PASSWORD
setting POSTGRES_USER postgres
setting POSTGRES_DB "$POSTGRES_USER"
setting POSTGRES_INITDB_ARGS
mkdir -p "$PGDATA"
chmod 0700 "$PGDATA" 2>/dev/null || say "the mode of $PGDATA cannot be changed; going on"

if [[ ! -s $PGDATA/PG_VERSION ]]; then
  export PGPASSWORD=$POSTGRES_PASSWORD
  first_start "${@:2}"
  unset PGPASSWORD
fi
exec "$@"
