# shellcheck shell=bash
# The schedule: when a backup is due, and whether it was made. The worker sources it in its container, and `stack` on the host.
#
# Beside the sets lie .schedule (since when which schedule is in force), .last-backup (how the last backup went) and .last-run (how the last
# scheduled run ended, which also verifies, prunes and copies).

# A run that is due may wait for another command to end, or for the database to come back, before it counts as missed.
readonly SCHEDULE_GRACE=900 RETRY_PAUSES=(60 180 420) BEAT_SECONDS=5 ALIVE_SECONDS=60
readonly SCHEDULE_AWK=${BASH_SOURCE[0]%/*}/schedule.awk CALENDAR_AWK=${BASH_SOURCE[0]%/*}/calendar.awk

# due next|last EXPRESSION ZONE SECONDS: the first due minute after, or the last at or before; else fails, and prints why.
due() {
  local direction=''
  [[ $1 == next ]] || direction=1
  TZ=$3 awk -v expression="$2" -v from="$4" -v backwards="$direction" -f "$CALENDAR_AWK" -f "$SCHEDULE_AWK"
}

set_seconds() { # SET
  date -u -d "${1:0:4}-${1:4:2}-${1:6:2} ${1:9:2}:${1:11:2}:${1:13:2}" +%s
}

# A set of a recovery makes up for no backup.
newest_set() { # [verified]
  local set newest=''
  for set in "$BACKUPS"/*; do
    set=${set##*/}
    [[ $set =~ $SET_NAME && -d $BACKUPS/$set ]] || continue
    ! grep -qs '^"origin": "archive",$' "$BACKUPS/$set/manifest.json" || continue
    [[ ${1:-} != verified ]] || grep -qs '"verified": true' "$BACKUPS/$set.verified" || continue
    newest=$set
  done
  printf '%s' "$newest"
}

# The worker notes when a backup begins and how it ends; one that was killed has begun and not ended.
note_outcome() { # begun|made|failed SET
  printf '%s %s %s\n' "$1" "$2" "$(utc)" | write_durably "$BACKUPS/.last-backup"
}

last_outcome() {
  local outcome=never
  [[ ! -r $BACKUPS/.last-backup ]] || read -r outcome _ <"$BACKUPS/.last-backup"
  printf '%s' "$outcome"
}

describe_outcome() {
  local outcome=never set at
  [[ ! -r $BACKUPS/.last-backup ]] || read -r outcome set at <"$BACKUPS/.last-backup"
  case $outcome in
    never) printf 'was never' ;;
    begun) printf '%s was cut short; it began at %s' "$set" "$at" ;;
    failed) printf '%s failed at %s' "$set" "$at" ;;
    *) printf '%s is %s, at %s' "$set" "$outcome" "$at" ;;
  esac
}

# note_schedule EXPRESSION ZONE: a run is missed only of a schedule that was in force when it was due.
note_schedule() {
  local line=''
  [[ ! -r $BACKUPS/.schedule ]] || IFS= read -r line <"$BACKUPS/.schedule" || true
  [[ $line =~ ^[0-9]+\|(.*)$ && ${BASH_REMATCH[1]} == "$2|$1" ]] || printf '%d|%s|%s\n' "$EPOCHSECONDS" "$2" "$1" | write_durably "$BACKUPS/.schedule"
}

note_run() { # ok|failed STEP CODE SET
  printf '%s %s %s %s %s\n' "$1" "$2" "$3" "$4" "$(utc)" | write_durably "$BACKUPS/.last-run"
}

# judge_schedule EXPRESSION ZONE: sets SCHEDULE_STATE to well, running, missed or failed, and says why.
SCHEDULE_STATE='' SCHEDULE_WHY=''
judge_schedule() {
  local since='' expected newest outcome='' step code set at
  SCHEDULE_STATE=well SCHEDULE_WHY=''
  newest=$(newest_set)
  if [[ $(last_outcome) == begun ]] && ! flock -n "$BACKUPS/.lock" true; then
    SCHEDULE_STATE=running
    return 0
  fi
  [[ ! -r $BACKUPS/.last-run ]] || read -r outcome step code set at <"$BACKUPS/.last-run"
  # A set that was made since by hand makes up for one that was not; whether it goes on to be verified and copied is another matter.
  if [[ $outcome == failed && ($step != backup || ! $newest > $set) ]]; then
    SCHEDULE_STATE=failed SCHEDULE_WHY="its step $step ended with $code for the set $set at $at"
    return 0
  fi
  if grep -qs '"verified": false' "$BACKUPS/$newest.verified"; then
    SCHEDULE_STATE=failed SCHEDULE_WHY="the set $newest could not be verified"
    return 0
  fi
  [[ ! -r $BACKUPS/.schedule ]] || IFS='|' read -r since _ <"$BACKUPS/.schedule" || true
  expected=$(due last "$1" "$2" $((EPOCHSECONDS - SCHEDULE_GRACE))) || return 0
  if [[ -n $since ]] && ((expected > since)) && [[ -z $newest || $(set_seconds "$newest") -lt $expected ]]; then
    SCHEDULE_STATE=missed SCHEDULE_WHY="one was due at $(utc "$expected"), and ${newest:+the newest set is }${newest:-there is none}"
  fi
}

CHILD=''

# schedule: waits for what is due and does it, for as long as the container lives.
schedule() {
  local next
  next=$(due next "$BACKUP_SCHEDULE" "$TZ" "$EPOCHSECONDS") || die "$EXIT_USAGE" "BACKUP_SCHEDULE=$BACKUP_SCHEDULE is no schedule" "$next" "correct it in .env, then ./stack up"
  trap 'end_schedule' TERM INT
  note_schedule "$BACKUP_SCHEDULE" "$TZ"
  judge_schedule "$BACKUP_SCHEDULE" "$TZ"
  if [[ $SCHEDULE_STATE == missed ]]; then
    say "A backup was missed: $SCHEDULE_WHY. Making up for it."
    next=$EPOCHSECONDS
  fi
  while :; do
    say "The next backup is due at $(utc "$next")"
    PUBLISHED=false
    wait_until "$next" publish_once
    run_scheduled
    next=$(due next "$BACKUP_SCHEDULE" "$TZ" "$EPOCHSECONDS")
  done
}

end_schedule() {
  trap - TERM INT
  if [[ -n $CHILD ]]; then
    kill -TERM "$CHILD" 2>/dev/null || true
    wait "$CHILD" || true
  fi
  exit 143
}

beat() {
  : >/tmp/beat
}

# A clock that jumps, or a machine that slept, is noticed at the next beat.
wait_until() { # SECONDS [COMMAND, at each beat]
  local -i left
  while left=$(($1 - EPOCHSECONDS)) && ((left > 0)); do
    beat
    [[ -z ${2:-} ]] || "$2"
    rest $((left < BEAT_SECONDS ? left : BEAT_SECONDS))
  done
}

# Signals are heeded while waiting, unlike in a command in the foreground.
rest() { # SECONDS
  sleep "$1" &
  wait "$!"
}

step() { # WORD…
  local -i status=0
  "$here/worker" "$@" &
  CHILD=$!
  while kill -0 "$CHILD" 2>/dev/null; do
    beat
    rest 1
  done
  wait "$CHILD" || status=$?
  CHILD=''
  return "$status"
}

run_scheduled() {
  local set pause
  local -i status
  for pause in 0 "${RETRY_PAUSES[@]}"; do
    ((pause == 0)) || wait_until $((EPOCHSECONDS + pause + RANDOM % 30))
    TZ=UTC printf -v set '%(%Y%m%dT%H%M%SZ)T' -1
    say "Making the backup set $set"
    status=0
    step backup "$set" || status=$?
    # Another command at work, or a database that starts: that passes.
    ((status == EXIT_FAILED || status == EXIT_LOCKED)) || break
    note_run failed backup "$status" "$set"
  done
  ((status == 0)) || {
    note_run failed backup "$status" "$set"
    return 0
  }
  # What failed is noted, and the schedule goes on.
  prove_and_prune step "$set" || true
}

# prove_and_prune COMMAND SET: what follows each scheduled backup; COMMAND runs the worker.
prove_and_prune() {
  local name
  local -i status
  for name in verify prune copy base; do
    local -a words=("$name")
    case $name in
      verify | copy) words+=("$2") ;;
      base) words+=(optional) ;;
    esac
    status=0
    "$1" "${words[@]}" || status=$?
    if ((status != 0)); then
      note_run failed "$name" "$status" "$2"
      return "$status"
    fi
  done
  note_run ok - 0 "$2"
}

alive() {
  local -i age
  age=$((EPOCHSECONDS - $(stat -c %Y /tmp/beat)))
  ((age < ALIVE_SECONDS)) || die "$EXIT_FAILED" "the schedule has not been at work for $age s" "" "./stack logs backup"
  say "at work"
}

# A fresh stack's service has no table yet.
PUBLISHED=false
publish_once() {
  if [[ $PUBLISHED == false ]] && publish 2>/dev/null; then PUBLISHED=true; fi
}

# publish: tells the service, which has no access to the sets, what its metrics say of them.
publish() {
  local made verified next='' failed=false
  made=$(newest_set) verified=$(newest_set verified)
  if [[ -n ${BACKUP_SCHEDULER:-} && $BACKUP_SCHEDULER != off ]]; then
    next=$(due next "$BACKUP_SCHEDULE" "$TZ" "$EPOCHSECONDS") || next=''
    judge_schedule "$BACKUP_SCHEDULE" "$TZ"
    [[ $SCHEDULE_STATE != failed ]] || failed=true
  fi
  (
    connect_to_server
    psql -XAtq -v ON_ERROR_STOP=1 -v made="${made:+$(set_seconds "$made")}" -v verified="${verified:+$(set_seconds "$verified")}" -v next="$next" -v failed="$failed" \
      -f "$here/publish.sql"
  )
}
