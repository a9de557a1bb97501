#!/usr/bin/env bash
# The service's own role and schema. Runs once on a fresh volume (as the image's init script, into psql) and again at every
# start of the server (`--print`, by database/guard.sh), so that a changed EXPRESS_DB_PASSWORD or POSTGRES_PASSWORD takes effect.
# Every statement ends with a blank line: the single-user server reads it so.
set -Eeuo pipefail

# database/guard.sh has checked both: each stands in NAME, or in the file that NAME_FILE names.
secret() { # NAME
  local file=$1_FILE
  if [[ -n ${!file:-} ]]; then cat -- "${!file}"; else printf '%s' "${!1}"; fi
}

literal() {
  local quote="'"
  printf "'%s'" "${1//$quote/$quote$quote}"
}

identifier() {
  local quote='"'
  printf '"%s"' "${1//$quote/$quote$quote}"
}

statements() {
  cat <<SQL
DO \$do\$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'express') THEN CREATE ROLE express; END IF;
END \$do\$;

ALTER ROLE express LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD $(literal "$service_password");

ALTER ROLE $(identifier "${POSTGRES_USER:-postgres}") PASSWORD $(literal "$superuser_password");

CREATE SCHEMA IF NOT EXISTS runs AUTHORIZATION express;

ALTER ROLE express SET search_path = runs;

SQL
}

service_password=$(secret EXPRESS_DB_PASSWORD)
superuser_password=$(secret POSTGRES_PASSWORD)
if [[ ${1:-} == --print ]]; then
  statements
else
  statements | psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --single-transaction --username "$POSTGRES_USER" --dbname "$POSTGRES_DB"
fi
