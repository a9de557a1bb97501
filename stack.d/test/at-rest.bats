#!/usr/bin/env bats
# The pace of health checks: docker/base/bin/at-rest.

load support

setup() {
  cd "$BATS_TEST_TMPDIR" || return 1
  sed "s,/tmp/.healthy,$BATS_TEST_TMPDIR/mark," "$ROOT/docker/base/bin/at-rest" >at-rest
}

# How long a command takes, whatever its end.
milliseconds() {
  local began=${EPOCHREALTIME/[.,]/}
  "$@" >/dev/null 2>&1 || true
  printf '%s' "$(((${EPOCHREALTIME/[.,]/} - began) / 1000))"
}

@test "while starting, a failure is told only when the seconds have passed" {
  run -1 bash at-rest 2 bash -c 'echo refused; false'
  [[ $output == refused ]]
  [[ ! -e mark ]]
  (($(milliseconds bash at-rest 2 false) >= 1000))
}

@test "while starting, a success is told at once, also after failures" {
  run -0 bash at-rest 60 bash -c '[[ -e tried ]] || { : >tried; false; }'
  [[ -e mark ]]
}

@test "once healthy, a success is held back and a failure is not" {
  bash at-rest 2 true
  (($(milliseconds bash at-rest 2 true) >= 1000))
  (($(milliseconds bash at-rest 60 false) < 30000))
}

@test "after a failure the next success is told at once, the one after it held back" {
  bash at-rest 2 true
  run -1 bash at-rest 60 false
  (($(milliseconds bash at-rest 60 true) < 30000))
  (($(milliseconds bash at-rest 2 true) >= 1000))
}
