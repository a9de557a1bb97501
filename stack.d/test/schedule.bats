#!/usr/bin/env bats
# When a backup is due, and what is said of one that was not made.

load support

setup() {
  cd "$BATS_TEST_TMPDIR" || return 1
  load_parts
  BACKUPS=$PWD/backups
  mkdir "$BACKUPS"
}

settings() { # NAME=VALUE…
  printf '%s\n' "$@" >"$ENV_FILE"
  env_read
}

# due_utc next|last EXPRESSION ZONE UTC-TIME: as a time in UTC.
due_utc() {
  utc "$(due "$1" "$2" "$3" "$(date -u -d "$4" +%s)")"
}

expect_due() { # TIME next|last EXPRESSION ZONE UTC-TIME
  local got
  got=$(due_utc "${@:2}")
  [[ $got == "$1" ]] || {
    echo "$got instead of $1"
    return 1
  }
}

@test "a schedule is a crontab's five fields" {
  expect_due 2026-11-25T02:00:00Z next '0 2 * * *' UTC '2026-11-24 13:34:40'
  expect_due 2026-11-24T02:00:00Z last '0 2 * * *' UTC '2026-11-24 13:34:40'
  expect_due 2026-11-24T13:34:00Z last '* * * * *' UTC '2026-11-24 13:34:40'
  expect_due 2026-11-24T13:35:00Z next '*/7 * * * *' UTC '2026-11-24 13:34:40'
  expect_due 2026-11-24T20:30:00Z next '30 8-20/4 * * *' UTC '2026-11-24 16:31:00'
  expect_due 2026-11-29T03:15:00Z next '15 3 * * sun' UTC '2026-11-24 13:34:40'
  expect_due 2026-11-22T03:15:00Z last '15 3 * * 7' UTC '2026-11-24 13:34:40'
  expect_due 2026-12-01T00:00:00Z next @monthly UTC '2026-11-24 13:34:40'
  expect_due 2028-02-29T00:00:00Z next '0 0 29 feb *' UTC '2026-11-24 13:34:40'
  expect_due 2024-02-29T00:00:00Z last '0 0 29 2 *' UTC '2026-11-24 13:34:40'
}

@test "a day fits by its date or its weekday, where both are restricted" {
  expect_due 2026-11-30T03:15:00Z next '15 3 1,15 * mon' UTC '2026-11-24 13:34:40'
  expect_due 2026-12-01T03:15:00Z next '15 3 1,15 * mon' UTC '2026-11-30 13:34:40'
}

@test "the clock is that of the zone" {
  expect_due 2026-11-25T01:00:00Z next '0 2 * * *' Europe/Berlin '2026-11-24 13:34:40'
  expect_due 2026-11-24T20:15:00Z next '0 2 * * *' Asia/Kathmandu '2026-11-24 13:34:40'
}

@test "what is due in an hour that is left out is due right after it" {
  expect_due 2026-03-29T01:00:00Z next '30 2 * * *' Europe/Berlin '2026-03-28 12:00'
  expect_due 2026-03-29T01:00:00Z last '30 2 * * *' Europe/Berlin '2026-03-29 12:00'
}

@test "what is due in an hour that comes twice is due once" {
  expect_due 2026-10-25T00:30:00Z next '30 2 * * *' Europe/Berlin '2026-10-24 12:00'
  expect_due 2026-10-26T01:30:00Z next '30 2 * * *' Europe/Berlin '2026-10-25 00:30'
  expect_due 2026-10-25T00:30:00Z last '30 2 * * *' Europe/Berlin '2026-10-25 12:00'
  expect_due 2026-10-25T01:30:00Z next '30 * * * *' Europe/Berlin '2026-10-25 00:30'
}

@test "what is no schedule is refused, with the field that is wrong" {
  local expression
  for expression in '0 2 * *|five fields' '60 2 * * *|minute is 60' '0 24 * * *|hour is 24' '5-1 * * * *|minute is 5-1' '*/0 * * * *|minute is */0' \
    '0 0 0 * *|day of the month is 0' '0 0 * 13 *|month is 13' '0 0 * * 8|day of the week is 8' '0 0 30 2 *|never due' 'x * * * *|minute is x' \
    '1,,2 * * * *|minute is 1,,2' '1--3 * * * *|minute is 1--3' '5/2 * * * *|minute is 5/2'; do
    run due next "${expression%|*}" UTC 1795000000
    [[ $status == 2 && $output == *"${expression#*|}"* ]] || {
      echo "${expression%|*}: $status $output"
      return 1
    }
  done
}

# judged STATE [WHY]
judged() {
  judge_schedule '* * * * *' UTC
  [[ $SCHEDULE_STATE == "$1" && $SCHEDULE_WHY == *"${2:-}"* ]] || {
    echo "$SCHEDULE_STATE: $SCHEDULE_WHY"
    return 1
  }
}

set_of_age() { # SECONDS
  local set
  TZ=UTC printf -v set '%(%Y%m%dT%H%M%SZ)T' $((EPOCHSECONDS - $1))
  mkdir "$BACKUPS/$set"
  SET=$set
}

@test "nothing is missed of a schedule that has just begun, nor within the grace" {
  note_schedule '* * * * *' UTC
  judged well
  printf '%d|UTC|* * * * *\n' $((EPOCHSECONDS - 800)) >"$BACKUPS/.schedule"
  judged well
}

@test "a backup that was due and is not there is missed, whatever older sets there are" {
  printf '%d|UTC|* * * * *\n' $((EPOCHSECONDS - 7200)) >"$BACKUPS/.schedule"
  judged missed 'there is none'
  set_of_age 3600
  judged missed "the newest set is $SET"
  set_of_age 300
  judged well
}

@test "a set of a recovery makes up for no backup" {
  printf '%d|UTC|* * * * *\n' $((EPOCHSECONDS - 7200)) >"$BACKUPS/.schedule"
  set_of_age 300
  printf '{\n"format": 1,\n"set": "%s",\n"origin": "archive",\n' "$SET" >"$BACKUPS/$SET/manifest.json"
  judged missed 'there is none'
}

@test "another schedule begins anew, and the same one doesn't" {
  printf '%d|UTC|* * * * *\n' $((EPOCHSECONDS - 7200)) >"$BACKUPS/.schedule"
  note_schedule '* * * * *' UTC
  judged missed
  note_schedule '* * * * *' Europe/Berlin
  judged well
}

@test "a run that failed is told until one succeeds, or for a set that was not made until one is" {
  note_schedule '* * * * *' UTC
  set_of_age 300
  note_run failed backup 1 "$SET"
  judged failed "its step backup ended with 1 for the set $SET"
  set_of_age 200
  judged well
  note_run failed verify 13 "$SET"
  judged failed 'its step verify ended with 13'
  set_of_age 100
  judged failed 'its step verify'
  note_run ok - 0 "$SET"
  judged well
}

@test "a set whose verification failed is told" {
  note_schedule '* * * * *' UTC
  set_of_age 300
  printf '{"set": "%s", "verified": false, "at": "2026-01-02T03:04:05Z"}\n' "$SET" >"$BACKUPS/$SET.verified"
  judged failed 'could not be verified'
}

@test "a backup that is being made is neither" {
  printf '%d|UTC|* * * * *\n' $((EPOCHSECONDS - 7200)) >"$BACKUPS/.schedule"
  note_outcome begun 20260102T030405Z
  judged missed
  exec {held}>"$BACKUPS/.lock"
  flock "$held"
  judged running
  exec {held}>&-
}

@test "a time zone is looked up only where something is due by it" {
  settings TZ=Mars/Olympus
  validate_schedule
  [[ ${#FINDINGS[@]} == 0 ]]
  settings TZ=Mars/Olympus BACKUP_SCHEDULER=cron
  validate_schedule
  [[ ${FINDINGS[0]} == 'TZ=Mars/Olympus is no time zone' && ${FINDINGS[2]} == *'such as UTC or Europe/Berlin' ]]
}

@test "cron's schedule begins, and is told of, at the up that finds it new" {
  local told=0
  backups_folder() { printf '%s/backups' "$BATS_TEST_TMPDIR"; }
  lay_out_backup_settings() { :; }
  run_worker() {
    [[ $* == 'true publish' ]] || return 1
    told=$((told + 1))
  }
  settings BACKUP_SCHEDULER=off
  begin_schedule
  [[ $told == 0 && ! -e $BACKUPS/.schedule ]]
  settings BACKUP_SCHEDULER=cron
  begin_schedule >said
  [[ $told == 1 && $(<"$BACKUPS/.schedule") == *'|0 2 * * *' ]]
  grep -qF "0 2 * * * $ROOT/stack --env-file $ENV_FILE backup --scheduled" said
  begin_schedule
  [[ $told == 1 ]]
  settings BACKUP_SCHEDULER=cron "BACKUP_SCHEDULE='30 3 * * *'"
  begin_schedule
  [[ $told == 2 && $(<"$BACKUPS/.schedule") == *'|30 3 * * *' ]]
}
