# shellcheck shell=bash
# The acceptance suite, run through Maven on stacks of its own, and its verdict as an exit code.

readonly ACCEPTANCE_REPORT=$ROOT/acceptance-tests/target/acceptance-report

# acceptance_wanted ID…: sets WANTED_PROMISES to what -Dacceptance.only takes, or ends with what the catalogue doesn't have.
WANTED_PROMISES=''
acceptance_wanted() {
  local id catalogue=$ROOT/acceptance-tests/src/test/resources/org/claudeagentui/acceptance/report/promises.md
  for id in "$@"; do
    [[ $id =~ ^[A-Z]{3}(-[0-9]+)?$ ]] || die_usage "$id is neither a promise, such as NET-1, nor a family, such as NET" acceptance
    grep -q "^| ${id}[ -]" "$catalogue" || die "$EXIT_USAGE" "there is no promise $id" "the catalogue doesn't list it" "less $catalogue"
    WANTED_PROMISES+=${WANTED_PROMISES:+,}$id
  done
}

# Maven, and a JDK for it to run on. That a JDK 25 is among its toolchains only Maven can tell, and of the engine the suite itself reports.
acceptance_tools() {
  local tool
  for tool in mvn java; do
    command -v "$tool" >/dev/null ||
      finding "$tool is not installed" "the suite is built and run by Maven, on a JDK 25" "apt-get install maven openjdk-25-jdk-headless"
  done
  die_of_findings
}

# The key that the suite may ask the real model with. It goes by the environment: other users can read a command's arguments.
acceptance_live_key() {
  env_read
  die_of_findings
  ACCEPTANCE_LIVE_KEY=$(setting ANTHROPIC_API_KEY)
  [[ -n $ACCEPTANCE_LIVE_KEY && $(setting DEMO_MODE) == false ]] ||
    die "$EXIT_USAGE" "there is no key to ask the real Messages API with" "--live takes the key of $ENV_FILE, which has none, or is for demo mode" \
      "set ANTHROPIC_API_KEY=<your key> and DEMO_MODE=false in $ENV_FILE"
  export ACCEPTANCE_LIVE_KEY
}

# acceptance_exit_code MAVEN_STATUS: what the suite's own summary says, not how the build ended.
acceptance_exit_code() {
  local first='' summary=$ACCEPTANCE_REPORT/summary.txt
  if [[ ! -r $summary ]] || ! read -r first <"$summary"; then
    die "$EXIT_ENVIRONMENT" "there is no acceptance report" "Maven ended with $1 before the suite could write one; its own message is above" \
      "mvn verify -pl acceptance-tests"
  fi
  case $first in
    'Acceptance: verified'* | 'Acceptance: incomplete'*)
      # Nothing is broken, yet the build is: what the report can't know of.
      (($1 == 0)) || die "$EXIT_FAILED" "no promise is broken, but the build ended with $1" "Maven's own message is above" "mvn verify -pl acceptance-tests"
      ;;
    'Acceptance: broken'*) exit "$EXIT_FAILED" ;;
    'Acceptance: environment-failed'*) exit "$EXIT_ENVIRONMENT" ;;
    *) die "$EXIT_ENVIRONMENT" "the acceptance report has no verdict that is known here" "it begins with: $first" "less $summary" ;;
  esac
}

run_acceptance() { # FULL(true|false)
  local -i status=0
  local -a arguments=(--batch-mode --no-transfer-progress verify -pl acceptance-tests -DskipUnitTests=true)
  [[ $1 == false ]] || arguments+=(-Pfull)
  [[ -z $WANTED_PROMISES ]] || arguments+=("-Dacceptance.only=$WANTED_PROMISES")
  # An old report must not pass for this run's.
  rm -rf -- "$ACCEPTANCE_REPORT"
  (cd -- "$ROOT" && LC_ALL=C.UTF-8 exec mvn "${arguments[@]}") || status=$?
  ((status < 128)) || exit "$status"
  if [[ -r $ACCEPTANCE_REPORT/summary.txt ]]; then
    printf '\n'
    cat -- "$ACCEPTANCE_REPORT/summary.txt"
    printf '\nThe report: %s\n' "$ACCEPTANCE_REPORT/report.html"
  fi
  acceptance_exit_code "$status"
}
