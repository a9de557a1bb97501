# shellcheck shell=bash
# Backups without a human: by the overlay's service, or by this host's cron. Here is what `stack` does for either, and how it tells of them.

# shellcheck source=database/backup/schedule.bash
source "${BASH_SOURCE[0]%/*}/../database/backup/schedule.bash"

is_scheduled() {
  [[ $(setting BACKUP_SCHEDULER) != off ]]
}

validate_schedule() {
  local why
  must_match BACKUP_SCHEDULER 'off|service|cron' "off, service or cron"
  must_match BACKUP_COPY_TO '(/[^:]+)?' "empty, or a folder's absolute path without a colon"
  must_match BACKUP_HOOK '(/.+)?' "empty, or a program's absolute path"
  # Not without need: a small machine may have neither time zones nor an awk that knows the clock.
  if ! is_scheduled; then
    :
  elif [[ $(setting TZ) != UTC && ! -e /usr/share/zoneinfo/$(setting TZ) ]]; then
    finding "TZ=$(setting TZ) is no time zone" "this machine's list in /usr/share/zoneinfo has none of that name" "set TZ in $ENV_FILE to a name such as UTC or Europe/Berlin"
  elif ! why=$(due next "$(setting BACKUP_SCHEDULE)" "$(setting TZ)" "$EPOCHSECONDS"); then
    finding "BACKUP_SCHEDULE=$(setting BACKUP_SCHEDULE) is no schedule" "$why" "write the five fields of a crontab, such as '0 2 * * *', in $ENV_FILE"
  fi
  if [[ -n $(setting BACKUP_COPY_TO) && ! -d $(setting BACKUP_COPY_TO) ]]; then
    finding "BACKUP_COPY_TO=$(setting BACKUP_COPY_TO) is no folder" "finished backup sets are to be copied there" "mount or make it: it has to be writable by $(backup_user)"
  fi
  if [[ -n $(setting BACKUP_HOOK) && ! -x $(setting BACKUP_HOOK) ]]; then
    finding "BACKUP_HOOK=$(setting BACKUP_HOOK) can't be run" "finished backup sets are to be handed to it" "chmod +x $(setting BACKUP_HOOK)"
  fi
  if [[ $(setting BACKUP_SCHEDULER) == service && -n $(setting BACKUP_HOOK) ]]; then
    finding "BACKUP_HOOK can't be run by BACKUP_SCHEDULER=service" "the service is a container, and the program is this host's" "set BACKUP_SCHEDULER=cron, or use BACKUP_COPY_TO"
  fi
}

# begin_schedule: from when on a backup that cron doesn't start counts as missed. The service notes that by itself.
begin_schedule() {
  local BACKUPS before
  BACKUPS=$(backups_folder)
  [[ $(setting BACKUP_SCHEDULER) == cron ]] || return 0
  before=$(cat -- "$BACKUPS/.schedule" 2>/dev/null) || true
  note_schedule "$(setting BACKUP_SCHEDULE)" "$(setting TZ)"
  [[ $(<"$BACKUPS/.schedule") != "$before" ]] || return 0
  lay_out_backup_settings
  run_worker true publish || return 0
  say "Backups are for this host's cron to start. The line for the crontab of $(stat -c %U -- "$ENV_FILE"):"
  printf '  %s %s/stack --env-file %s backup --scheduled\n' "$(setting BACKUP_SCHEDULE)" "$ROOT" "$ENV_FILE"
}

# hand_out SET: to where BACKUP_COPY_TO and BACKUP_HOOK say.
hand_out() {
  local status=0 hook
  hook=$(setting BACKUP_HOOK)
  [[ -z $(setting BACKUP_COPY_TO) ]] || run_worker false copy "$1" || return
  [[ -n $hook ]] || return 0
  say "Handing the set $1 to $hook"
  without_lock env -i "${CLEAN_ENVIRONMENT[@]}" "BACKUP_SET=$1" timeout --foreground --kill-after=10 "$WORKER_SECONDS" "$hook" "$(backups_folder)/$1" || status=$?
  ((status == 0)) || {
    problem "the program BACKUP_HOOK ended with status $status for the set $1" "see its message above; the set itself is well" "./stack copy $1"
    return "$EXIT_FAILED"
  }
}

# One step of what follows a scheduled backup, as the host does it.
scheduled_step() { # verify|prune|copy|base [SET]
  case $1 in
    copy) hand_out "$2" ;;
    base) ! has_archive || run_worker true base ;;
    *) run_worker false "$@" ;;
  esac
}

cmd_copy() {
  local status=0
  [[ $# == 1 && $1 != -* ]] || die_usage "copy needs the name of a set" copy
  lock_stack copy
  require_backups
  [[ -n $(setting BACKUP_COPY_TO)$(setting BACKUP_HOOK) ]] ||
    die_usage "there is nowhere to copy the set $1 to: neither BACKUP_COPY_TO nor BACKUP_HOOK is set" copy
  [[ $1 =~ $SET_NAME && -d $(backups_folder)/$1 ]] || die "$EXIT_USAGE" "there is no set $1" "" "./stack backups"
  hand_out "$1" || status=$?
  ((status == 0)) || exit "$status"
}

schedule_in_words() {
  case $(setting BACKUP_SCHEDULER) in
    service) printf 'by the service backup, at %s (%s)' "$(setting BACKUP_SCHEDULE)" "$(setting TZ)" ;;
    cron) printf "by this host's cron, at %s (%s)" "$(setting BACKUP_SCHEDULE)" "$(setting TZ)" ;;
    *) printf 'none (BACKUP_SCHEDULER in %s)' "$ENV_FILE" ;;
  esac
}

# read_schedule: sets SCHEDULE_STATE, SCHEDULE_WHY, SCHEDULE_NEXT, LAST_SET, LAST_VERIFIED.
SCHEDULE_NEXT='' LAST_SET='' LAST_VERIFIED=''
read_schedule() {
  local BACKUPS
  BACKUPS=$(backups_folder)
  SCHEDULE_STATE=off SCHEDULE_WHY='' SCHEDULE_NEXT=''
  LAST_SET=$(newest_set) LAST_VERIFIED=$(newest_set verified)
  is_scheduled || return 0
  SCHEDULE_NEXT=$(due next "$(setting BACKUP_SCHEDULE)" "$(setting TZ)" "$EPOCHSECONDS") || die "$EXIT_USAGE" "BACKUP_SCHEDULE=$(setting BACKUP_SCHEDULE) is no schedule" "$SCHEDULE_NEXT" "correct it in $ENV_FILE"
  judge_schedule "$(setting BACKUP_SCHEDULE)" "$(setting TZ)"
}

schedule_is_well() {
  [[ $SCHEDULE_STATE != missed && $SCHEDULE_STATE != failed ]]
}

show_schedule() {
  printf 'backups: newest %s; verified %s; schedule %s%s\n' "$(set_and_age "$LAST_SET")" "$(set_and_age "$LAST_VERIFIED")" "$(schedule_in_words)" \
    "${SCHEDULE_NEXT:+, next $(utc "$SCHEDULE_NEXT")}"
  case $SCHEDULE_STATE in
    running) printf 'A backup is being made.\n' ;;
    missed) printf 'A BACKUP WAS MISSED: %s. Next: ./stack backup --scheduled\n' "$SCHEDULE_WHY" ;;
    failed) printf 'THE LAST BACKUP FAILED: %s. Next: ./stack backup --scheduled\n' "$SCHEDULE_WHY" ;;
  esac
}

set_and_age() { # SET
  if [[ -n $1 ]]; then printf '%s (%s old)' "$1" "$(duration_since "$(time_of_set "$1")")"; else printf 'none'; fi
}

schedule_json() {
  printf '{"newest":%s,"verified":%s,"scheduler":%s,"state":%s,"reason":%s,"next":%s}' "$(json_or_null "${LAST_SET:+$(time_of_set "$LAST_SET")}")" \
    "$(json_or_null "${LAST_VERIFIED:+$(time_of_set "$LAST_VERIFIED")}")" "$(json_string "$(setting BACKUP_SCHEDULER)")" "$(json_string "$SCHEDULE_STATE")" \
    "$(json_or_null "$SCHEDULE_WHY")" "$(json_or_null "${SCHEDULE_NEXT:+$(utc "$SCHEDULE_NEXT")}")"
}

json_or_null() {
  if [[ -n $1 ]]; then json_string "$1"; else printf 'null'; fi
}
