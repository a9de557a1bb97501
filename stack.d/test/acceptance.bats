#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031,SC2154 # bats runs each test in a subshell of its own, and sets status and output
# The acceptance suite's command: what it asks of Maven, and what its exit code makes of the suite's summary. Maven is played.

load support

# A checkout with the catalogue, and a Maven that ends as `maven_ends` says.
setup() {
  local resources=acceptance-tests/src/test/resources/org/claudeagentui/acceptance/report
  cd "$BATS_TEST_TMPDIR" || return 1
  mkdir -p bin "tree/$resources"
  cp "$ROOT/$resources/promises.md" "tree/$resources"
  fake mvn <<EOT
#!/bin/bash
printf '%s\n' "\$@" >$BATS_TEST_TMPDIR/asked
source $BATS_TEST_TMPDIR/end
EOT
  fake java <<<'#!/bin/true'
  PATH=$BATS_TEST_TMPDIR/bin:$PATH
  load_parts "$BATS_TEST_TMPDIR/tree"
}

# maven_ends STATUS [FIRST LINE OF THE SUMMARY]
maven_ends() {
  printf 'exit %d\n' "$1" >end
  [[ -z ${2:-} ]] || printf '%s\n' 'mkdir -p acceptance-tests/target/acceptance-report' "echo '$2' >acceptance-tests/target/acceptance-report/summary.txt" "exit $1" >end
}

@test "nothing broken: 0, with the summary and where the report lies" {
  for verdict in verified incomplete; do
    maven_ends 0 "Acceptance: $verdict  (1 verified, 0 broken, 0 not verified)"
    run cmd_acceptance
    [[ $status == 0 && $output == *"Acceptance: $verdict"*"$BATS_TEST_TMPDIR/tree/acceptance-tests/target/acceptance-report/report.html"* ]]
  done
}

@test "a broken promise: 1" {
  maven_ends 1 'Acceptance: broken  (1 verified, 1 broken, 0 not verified)'
  run cmd_acceptance
  [[ $status == 1 && $output == *"Acceptance: broken"* ]]
}

@test "a failed environment: 20, whatever Maven says" {
  for code in 0 1; do
    maven_ends $code 'Acceptance: environment-failed  (0 verified, 0 broken, 1 not verified)'
    run cmd_acceptance
    [[ $status == 20 ]]
  done
}

@test "no report: 20, and an old one does not pass for it" {
  maven_ends 1
  mkdir -p tree/acceptance-tests/target/acceptance-report
  echo 'Acceptance: verified' >tree/acceptance-tests/target/acceptance-report/summary.txt
  run cmd_acceptance
  [[ $status == 20 && $output == *"there is no acceptance report"*"next: mvn verify"* && $output != *"Acceptance: verified"* ]]
}

@test "a report that says all is well over a build that failed: 1" {
  maven_ends 1 'Acceptance: verified  (1 verified, 0 broken, 0 not verified)'
  run cmd_acceptance
  [[ $status == 1 && $output == *"the build ended with 1"* ]]
}

@test "a summary with a verdict that nobody knows: 20" {
  maven_ends 0 'Acceptance: splendid'
  run cmd_acceptance
  [[ $status == 20 && $output == *splendid* ]]
}

@test "an interrupted Maven ends it as it ended" {
  maven_ends 130 'Acceptance: verified'
  run cmd_acceptance
  [[ $status == 130 ]]
}

@test "no Maven: 20, and says what to install" {
  maven_ends 0
  without_engine
  rm -f bin/mvn
  PATH=$BATS_TEST_TMPDIR/bin
  run cmd_acceptance
  [[ $status == 20 && $output == *"mvn is not installed"*"next: apt-get install maven"* ]]
}

@test "the options reach Maven" {
  maven_ends 0 'Acceptance: incomplete'
  run cmd_acceptance --only NET STA-1 --full
  [[ $status == 0 ]]
  grep -qx -- '-Pfull' asked
  grep -qx -- '-Dacceptance.only=NET,STA-1' asked
  run cmd_acceptance
  run ! grep -q -- 'Pfull\|only' asked
}

@test "what is no promise, no family or no option is refused before Maven is asked" {
  maven_ends 0 'Acceptance: verified'
  for words in '--only' '--only net' '--only NET-1;reboot' '--only NET-99' '--only XYZ' '--only --full' '--fast'; do
    # shellcheck disable=SC2086 # words, as on a command line
    run cmd_acceptance $words
    [[ $status == 2 && ! -e asked ]]
  done
}

@test "--live hands the operator's key over, by the environment, and wants one that is meant for use" {
  maven_ends 0 'Acceptance: verified'
  fake mvn <<<"#!/bin/bash
printf '%s\n' \"\$@\" >$BATS_TEST_TMPDIR/asked
printf '%s' \"\${ACCEPTANCE_LIVE_KEY:-}\" >$BATS_TEST_TMPDIR/key
source $BATS_TEST_TMPDIR/end"
  cp "$BATS_TEST_DIRNAME/../../.env.example" tree
  printf '%s\n' ANTHROPIC_API_KEY=sk-ant-a-key DEMO_MODE=true >"$ENV_FILE"
  run cmd_acceptance --live
  [[ $status == 2 && $output == *"no key to ask the real Messages API with"*"next: set ANTHROPIC_API_KEY"* && ! -e key ]]
  printf '%s\n' ANTHROPIC_API_KEY=sk-ant-a-key DEMO_MODE=false >"$ENV_FILE"
  run cmd_acceptance --live
  [[ $status == 0 && $(<key) == sk-ant-a-key ]]
  run ! grep -q sk-ant asked
  run cmd_acceptance
  [[ $status == 0 && ! -s key ]]
}
