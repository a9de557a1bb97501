#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # bats runs each test in a subshell of its own, and sets status and output
# Point-in-time recovery, as far as no database takes part.

load support

WAL=archive/42/wal

setup() {
  cd "$BATS_TEST_TMPDIR" || return 1
  ENV_FILE=$BATS_TEST_TMPDIR/env
}

# archive_wal PATH NAME: as the server of the cluster 42 calls it.
archive_wal() {
  mkdir -p bin archive
  fake pg_controldata <<<$'#!/bin/bash\nprintf "Catalog version number:  202406281\\nDatabase system identifier:           42\\n"'
  PATH=$PWD/bin:$PATH ARCHIVE=$PWD/archive "$ROOT/database/pitr/archive-wal" "$@"
}

segment() { # NAME TEXT
  mkdir -p pg_wal
  printf '%s' "$2" >"pg_wal/$1"
}

# segments NAME…: archived ones, empty.
segments() {
  local name
  mkdir -p "$WAL"
  for name in "$@"; do : >"$WAL/$name.zst"; done
}

base() { # FROM SEGMENT
  local name=${1%.*}Z
  name=archive/42/base/${name//[-:]/}
  mkdir -p "$name"
  printf 'from=%s\nsegment=%s\nmajor=17\nbytes=1\n' "$1" "$2" >"$name/facts"
}

@test "a segment is archived as it was, readable by the operator's group, and asked for again accepted" {
  segment 000000010000000000000001 one
  archive_wal pg_wal/000000010000000000000001 000000010000000000000001
  [[ $(zstd -dc $WAL/000000010000000000000001.zst) == one && $(stat -c %a $WAL/000000010000000000000001.zst) == 660 ]]
  archive_wal pg_wal/000000010000000000000001 000000010000000000000001
  [[ $(ls -A $WAL) == 000000010000000000000001.zst ]]
}

@test "another segment of the same name is refused, and nothing is replaced" {
  segment 000000010000000000000001 one
  archive_wal pg_wal/000000010000000000000001 000000010000000000000001
  segment 000000010000000000000001 two
  run archive_wal pg_wal/000000010000000000000001 000000010000000000000001
  [[ $status == 1 && $output == *"the archive has another 000000010000000000000001 already"* ]]
  [[ $(zstd -dc $WAL/000000010000000000000001.zst) == one ]]
}

@test "what a killed predecessor left half-written neither counts nor hinders" {
  segment 000000010000000000000001 one
  mkdir -p $WAL
  printf 'hal' >$WAL/.000000010000000000000001.part
  archive_wal pg_wal/000000010000000000000001 000000010000000000000001
  [[ $(zstd -dc $WAL/000000010000000000000001.zst) == one && $(ls -A $WAL) == 000000010000000000000001.zst ]]
  # Killed between the second name and the removal of the first.
  ln $WAL/000000010000000000000001.zst $WAL/.000000010000000000000001.part
  archive_wal pg_wal/000000010000000000000001 000000010000000000000001
  [[ $(ls -A $WAL) == 000000010000000000000001.zst ]]
}

@test "a segment that can't be written whole is not in the archive, and the server is told" {
  segment 000000010000000000000001 one
  mkdir -p bin
  fake zstd <<<$'#!/bin/bash\nprintf hal; exit 1'
  run archive_wal pg_wal/000000010000000000000001 000000010000000000000001
  [[ $status != 0 && ! -e $WAL/000000010000000000000001.zst ]]
  rm bin/zstd
  fake sync <<<$'#!/bin/bash\nexit 1'
  run archive_wal pg_wal/000000010000000000000001 000000010000000000000001
  [[ $status != 0 && ! -e $WAL/000000010000000000000001.zst ]]
}

@test "names that PostgreSQL doesn't give, and a folder without a cluster, are refused" {
  local name
  segment x one
  for name in ../x 00000001000000000000000g 000000010000000000000001.old ''; do
    run archive_wal pg_wal/x "$name"
    [[ $status == 1 ]]
  done
  for name in 00000002.history 000000010000000000000003.00000028.backup 000000010000000000000003.partial; do archive_wal pg_wal/x "$name"; done
  fake pg_controldata <<<$'#!/bin/bash\nexit 1'
  run env PATH="$PWD/bin:$PATH" ARCHIVE="$PWD/archive" "$ROOT/database/pitr/archive-wal" pg_wal/x 000000010000000000000001
  [[ $status != 0 && ! -e $WAL/000000010000000000000001.zst ]]
}

@test "a segment comes back as it was; one that is gone and one that is damaged end the archive, and the latter is noted" {
  segment 000000010000000000000001 one
  archive_wal pg_wal/000000010000000000000001 000000010000000000000001
  "$ROOT/database/backup/fetch-wal" archive/42 000000010000000000000001 back note
  [[ $(<back) == one && $(<note) == 000000010000000000000001 && ! -e note.damaged ]]
  run "$ROOT/database/backup/fetch-wal" archive/42 000000010000000000000002 back note
  [[ $status == 1 && ! -e note.damaged ]]
  truncate -s -1 $WAL/000000010000000000000001.zst
  run "$ROOT/database/backup/fetch-wal" archive/42 000000010000000000000001 back note
  [[ $status == 1 && $(<note.damaged) == 000000010000000000000001 ]]
}

@test "a moment is a time in UTC that there is" {
  load_parts
  [[ $(moment_of 2026-01-02T03:04:05Z) == 2026-01-02T03:04:05.000000Z && $(moment_of 2024-02-29T23:59:59.25Z) == 2024-02-29T23:59:59.250000Z ]]
  local time
  for time in 2026-01-02 2026-01-02T03:04:05 2026-01-02T03:04:05+01:00 '2026-01-02 03:04:05Z' 2026-02-29T00:00:00Z 2026-01-02T25:00:00Z 2026-01-02T03:04:05.1234567Z '' "'"; do
    run ! moment_of "$time"
  done
}

@test "a recovery begins with the newest base backup before the moment, whichever cluster's" {
  load_parts
  base 2026-01-02T00:00:00.500000Z 000000010000000000000003
  base 2026-01-03T00:00:00.000000Z 000000010000000000000009
  [[ $(base_for archive 2026-01-02T12:00:00.000000Z) == '2026-01-02T00:00:00.500000Z archive/42/base/20260102T000000Z 000000010000000000000003 17 1' ]]
  [[ $(base_for archive 2026-01-03T00:00:00.000000Z) == *20260103T000000Z* ]]
  [[ -z $(base_for archive 2026-01-02T00:00:00.499999Z) ]]
}

@test "holes are found, also where names count over and where they look like numbers to awk" {
  load_parts
  segments 0000000100000000000000FE 0000000100000000000000FF 000000010000000100000000 000000010000000100000002 000000010000000000000003.00000028.backup
  [[ $(runs_of archive/42) == '0000000100000000000000FE 000000010000000100000000'$'\n''000000010000000100000002 000000010000000100000002' ]]
  [[ $(missing_after archive/42 0000000100000000000000FF) == 000000010000000100000001 ]]
  [[ $(missing_after archive/42 0000000100000000000000FC) == 0000000100000000000000FC ]]
  [[ -z $(missing_after archive/42 000000010000000100000002) && -z $(missing_after archive/42 000000010000000100000003) ]]
  base 2026-01-02T00:00:00.000000Z 0000000100000000000000FE
  base 2026-01-03T00:00:00.000000Z 000000010000000100000002
  [[ $(unbroken_since archive/42) == 2026-01-03T00:00:00.000000Z ]]
  segments 000000010000000100000001
  [[ $(unbroken_since archive/42) == 2026-01-02T00:00:00.000000Z ]]
  # As numbers these two are the same to awk.
  rm -r archive
  base 2026-01-02T00:00:00.000000Z 000000010000000000000020
  segments 000000010000000000000021
  [[ -z $(unbroken_since archive/42) ]]
}

@test "base backups stay that the last days need, and two in any case; of segments what the oldest that stays needs" {
  load_parts
  # shellcheck source=database/backup/base.bash
  source "$ROOT/database/backup/base.bash"
  base 2026-01-01T00:00:00.000000Z 000000010000000000000001
  base 2026-01-02T00:00:00.000000Z 000000010000000000000005
  base 2026-01-03T00:00:00.000000Z 00000001000000000000000A
  base 2026-01-04T00:00:00.000000Z 000000010000000000000010
  [[ $(list_bases archive | plan_bases 2026-01-03T12:00:00Z | cut -d ' ' -f 1,3 | paste -sd,) == 'keep 000000010000000000000010,keep 00000001000000000000000A,drop 000000010000000000000005,drop 000000010000000000000001' ]]
  [[ $(list_bases archive | plan_bases 2026-01-02T12:00:00Z | grep -c keep) == 3 ]]
  [[ $(list_bases archive | plan_bases 2027-01-01T00:00:00Z | grep -c keep) == 2 ]]
  [[ $(list_bases archive | plan_bases 2025-01-01T00:00:00Z | grep -c keep) == 4 ]]
  segments 000000010000000000000001 000000010000000000000005.00000028.backup 000000010000000000000009 00000001000000000000000A 00000002.history
  [[ $(drop_segments archive/42 00000001000000000000000A --dry-run) == 3 && $(find $WAL -type f | wc -l) == 5 ]]
  [[ $(drop_segments archive/42 00000001000000000000000A) == 3 && $(echo $WAL/*) == "$WAL/00000001000000000000000A.zst $WAL/00000002.history.zst" ]]
}

@test "the overlay is added and taken away as asked, and otherwise stays" {
  printf '%s\n' DEMO_MODE=true ANTHROPIC_API_KEY=demo-0123456789abcdef COMPOSE_FILE=docker-compose.yml:docker-compose.hardened.yml >"$ENV_FILE"
  load_parts
  env_read
  POINT_IN_TIME_ASKED=true
  env_plan_compose_file
  [[ $(setting COMPOSE_FILE) == docker-compose.yml:docker-compose.pitr.yml:docker/standin/docker-compose.yml:docker-compose.hardened.yml ]]
  FILE_VALUES[COMPOSE_FILE]=$(setting COMPOSE_FILE) PENDING_VALUES=() POINT_IN_TIME_ASKED=''
  env_plan_compose_file
  has_archive
  POINT_IN_TIME_ASKED=false
  env_plan_compose_file
  run ! has_archive
}

@test "recover takes one time, and says what is wrong with another" {
  without_engine
  run stack recover
  [[ $status == 2 && $output == *"recover needs a time"* ]]
  run stack recover 2026-01-02T03:04:05Z 2026-01-03T03:04:05Z
  [[ $status == 2 && $output == *"recover takes one time"* ]]
  run stack recover --now
  [[ $status == 2 && $output == *"recover has no option --now"* ]]
  run stack recover yesterday
  [[ $status == 2 && $output == *"yesterday is no time"*"2026-01-02T03:04:05Z"*"next: "* ]]
  run stack recover 2026-01-02T03:04:05Z
  [[ $status == 10 ]]
}
