# shellcheck shell=bash
# What the operator reads: every failure says what happened, why, and the one next command.

readonly EXIT_FAILED=1 EXIT_USAGE=2 EXIT_NOT_INITIALISED=10 EXIT_LOCKED=11 EXIT_WRONG_KEY=12 EXIT_NOT_VERIFIED=13 EXIT_ENVIRONMENT=20

say() {
  printf '%s\n' "$*"
}

warn() {
  printf 'warning: %s\n' "$*" >&2
}

# problem WHAT WHY NEXT
problem() {
  printf '\nerror: %s\n' "$1" >&2
  [[ -z $2 ]] || printf '  why:  %s\n' "${2//$'\n'/$'\n'        }" >&2
  [[ -z $3 ]] || printf '  next: %s\n' "${3//$'\n'/$'\n'        }" >&2
}

# die EXIT_CODE WHAT WHY NEXT
die() {
  local code=$1
  shift
  problem "$@"
  exit "$code"
}

# die_usage WHAT [COMMAND]
die_usage() {
  die "$EXIT_USAGE" "$1" "" "./stack ${2:+$2 --}help"
}

# Findings are collected, so that the operator hears of all of them at once.
FINDINGS=()

# finding WHAT WHY NEXT
finding() {
  FINDINGS+=("$1" "$2" "$3")
}

die_of_findings() {
  local -i i
  ((${#FINDINGS[@]})) || return 0
  for ((i = 0; i < ${#FINDINGS[@]}; i += 3)); do
    problem "${FINDINGS[i]}" "${FINDINGS[i + 1]}" "${FINDINGS[i + 2]}"
  done
  printf '\nNothing was started.\n' >&2
  exit "$EXIT_ENVIRONMENT"
}

# report_unexpected STATUS FILE LINE: the last resort of the ERR trap. The failing command itself isn't shown, since its
# arguments may hold a secret.
report_unexpected() {
  problem "an unexpected failure (status $1) at ${2#"$ROOT"/}:$3" "" "./stack status"
}

this_user() {
  id -un 2>/dev/null || id -u
}

# seconds_since EPOCHREALTIME -> 12.3
seconds_since() {
  local now=$EPOCHREALTIME
  local -i us=$((${now/./} - ${1/./}))
  printf '%d.%d' $((us / 1000000)) $((us % 1000000 / 100000))
}

# next_line FD SECONDS: sets LINE to the next whole line, or fails when none has come in time. What has come of a line is kept for the next call.
LINE=''
declare -gA LINE_SO_FAR=()
next_line() {
  local got=''
  if IFS= read -r -t "$2" -u "$1" got; then
    LINE=${LINE_SO_FAR[$1]:-}$got
    LINE_SO_FAR[$1]=''
  else
    LINE_SO_FAR[$1]=${LINE_SO_FAR[$1]:-}$got
    return 1
  fi
}

json_string() {
  local s=$1
  s=${s//\\/\\\\}
  s=${s//\"/\\\"}
  s=${s//$'\n'/\\n}
  s=${s//$'\t'/\\t}
  s=${s//[[:cntrl:]]/}
  printf '"%s"' "$s"
}
