# shellcheck shell=bash
# Point-in-time recovery: the overlay that archives the write-ahead log, and the command that makes a backup set of a moment.

# shellcheck source=database/backup/archive.bash
source "${BASH_SOURCE[0]%/*}/../database/backup/archive.bash"

readonly PITR_COMPOSE_FILE=docker-compose.pitr.yml ARCHIVE_SECONDS=90

# What the command line asks for: true, false, or nothing for what COMPOSE_FILE says.
POINT_IN_TIME_ASKED=''

has_archive() {
  has_overlay "$PITR_COMPOSE_FILE"
}

archive_folder() {
  printf '%s/database/archive' "$(data_root)"
}

# ask_server SQL…: the live one, as its superuser, each in a transaction of its own.
ask_server() {
  local -a commands=()
  local sql
  for sql in "$@"; do commands+=(-c "$sql"); done
  engine 30 exec "$(setting STACK_NAME)-postgres" psql -XAtq -v ON_ERROR_STOP=1 -U "$(setting POSTGRES_USER)" -d "$(setting POSTGRES_DB)" "${commands[@]}"
}

cmd_recover() {
  local time='' moment base folder set status=0
  while (($#)); do
    case $1 in
      -*) die_usage "recover has no option $1" recover ;;
      *)
        [[ -z $time ]] || die_usage "recover takes one time" recover
        time=$1
        ;;
    esac
    shift
  done
  [[ -n $time ]] || die_usage "recover needs a time" recover
  moment=$(moment_of "$time") || die "$EXIT_USAGE" "$time is no time that can be recovered to" "it has to be in UTC, as ISO 8601 has it, such as 2026-01-02T03:04:05Z; fractions of a second may follow" \
    "./stack recover --help"
  lock_stack recover
  require_backups
  base=$(choose_base "$moment") || exit "$?"
  read -r _ folder _ <<<"$base"
  have_archived "${folder%/base/*}"
  TZ=UTC printf -v set '%(%Y%m%dT%H%M%SZ)T' -1
  require_uploads_volume
  say "Recovering the database as it was at $moment into the backup set $set"
  run_worker false recover "$set" "$moment" "${folder#"$(archive_folder)"/}" || status=$?
  ((status == 0)) || exit "$status"
  say "Nothing of the running stack has changed. Next: ./stack restore $set puts this in the place of all data."
}

# Naming one that isn't there would make it, and Compose then finds one that it doesn't know.
require_uploads_volume() {
  local -a volumes=()
  find_volumes volumes strapi-uploads
  ((${#volumes[@]})) || die "$EXIT_FAILED" "the volume $(setting STACK_NAME)-strapi-uploads is not there" "what uploads there are is looked for in it first; nothing was touched" "./stack up"
}

# The newest base backup before the moment, as list_bases has it.
choose_base() { # MOMENT
  local base first now
  now=$(date -u +%Y-%m-%dT%H:%M:%S.%6NZ)
  if [[ $1 > $now ]]; then
    die "$EXIT_USAGE" "$1 is still to come" "it is $now; nothing was touched" "./stack recover with a moment of the past"
  fi
  base=$(base_for "$(archive_folder)" "$1")
  if [[ -z $base ]]; then
    first=$(list_bases "$(archive_folder)" | head -n 1)
    if [[ -z $first ]]; then
      die "$EXIT_USAGE" "there is no base backup, so no moment can be recovered" "a recovery begins with one; nothing was touched" "$(has_archive || printf "./stack up --point-in-time, then ")./stack backup"
    fi
    die "$EXIT_USAGE" "$1 lies before all that is archived" "the oldest base backup is of ${first%% *}; nothing was touched" "./stack recover with a moment from then on, or restore a set: ./stack backups"
  fi
  printf '%s' "$base"
}

# Where the archive is that of the running server, what the server has not archived yet is made to follow. PostgreSQL knows that a moment was
# reached by a transaction after it, so there has to be one.
have_archived() { # SYSTEM_FOLDER
  local segment
  local -i tenths
  if ! has_archive || [[ $(service_state postgres) != running\|healthy\|* || $(ask_server "SELECT system_identifier FROM pg_control_system()") != "${1##*/}" ]]; then
    say "The archive is not that of the running database: what it holds is all there is."
    return 0
  fi
  # In one go: where the server itself closes the segment between two of these, there is nothing in the next one to archive.
  segment=$(ask_server "SELECT pg_current_xact_id()" "SELECT pg_walfile_name(pg_current_wal_insert_lsn())" "SELECT pg_switch_wal()" | sed -n 2p) || segment=''
  [[ $segment =~ $SEGMENT_NAME ]] ||
    die "$EXIT_FAILED" "the database does not answer" "nothing was touched" "./stack status"
  for ((tenths = 0; tenths < ARCHIVE_SECONDS * 10; tenths++)); do
    [[ ! -e $1/wal/$segment.zst ]] || return 0
    if ((tenths % 100 == 50)); then say "  waiting until the server has archived $segment"; fi
    sleep 0.1
  done
  die "$EXIT_FAILED" "the server did not archive $segment within $ARCHIVE_SECONDS s" "$(describe_archiver); nothing was touched" "./stack logs --tail 20 postgres"
}

describe_archiver() {
  ask_server "SELECT CASE WHEN last_failed_time > coalesce(last_archived_time, '-infinity')
        THEN format('it FAILS to archive %s, last at %s UTC', last_failed_wal, to_char(last_failed_time AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'))
        ELSE 'it last archived at ' || coalesce(to_char(last_archived_time AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') || ' UTC', 'no time yet') END
      FROM pg_stat_archiver" 2>/dev/null || printf 'the server does not answer'
}

# For people: from when on a moment can be recovered, and whether the archive grows. Nothing where nothing is archived.
describe_archive() {
  local system first
  has_archive || return 0
  system=$(ask_server "SELECT system_identifier FROM pg_control_system()" 2>/dev/null) || system=none
  first=$(unbroken_since "$(archive_folder)/$system")
  if [[ -n $first ]]; then
    printf 'point in time: from %s on; %s\n' "$first" "$(describe_archiver)"
  else
    printf 'point in time: nothing can be recovered yet: ./stack backup makes the base backup; %s\n' "$(describe_archiver)"
  fi
}
