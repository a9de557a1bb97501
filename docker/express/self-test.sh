#!/usr/bin/env bash
# self-test — proves the stack from where the service stands: its probes, its token for Strapi, its database, and where the model is a
# stand-in, and API_TOKEN holds an API token, a whole run. One line a check; exit code 1 when one fails. It leaves nothing behind but the run's journal.
set -Eeuo pipefail

readonly DEADLINE_SECONDS=120 REQUEST_SECONDS=60
if [[ ${1:-} != --bounded ]]; then
  exec timeout --foreground "$DEADLINE_SECONDS" "$0" --bounded
fi

readonly SERVICE=http://127.0.0.1:${PORT:-3001}
STATUS='' ANSWER='' AGENT=''
declare -i FAILED=0

# request METHOD URL [BODY [HEADER]]: sets STATUS (000 without an answer) and ANSWER, all of it as it came.
request() {
  local method=$1 url=$2 body=${3:-} header=${4:-Authorization: Bearer ${API_TOKEN:-none}} host port path
  [[ $url =~ ^http://([^/:]+):([0-9]+)(/.*)$ ]] || { printf 'self-test: not an address of the stack: %s\n' "$url" >&2 && exit 2; }
  host=${BASH_REMATCH[1]} port=${BASH_REMATCH[2]} path=${BASH_REMATCH[3]}
  STATUS=000 ANSWER=''
  { exec 3<>"/dev/tcp/$host/$port"; } 2>/dev/null || return 0
  printf '%s %s HTTP/1.1\r\nHost: %s:%s\r\n%s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s' \
    "$method" "$path" "$host" "$port" "$header" "${#body}" "$body" >&3
  ANSWER=$(timeout "$REQUEST_SECONDS" cat <&3) || true
  exec 3<&- 3>&-
  [[ ! $ANSWER =~ ^HTTP/1\.[01]\ ([0-9]{3}) ]] || STATUS=${BASH_REMATCH[1]}
}

# judge CHECK REMEDY CONDITION…: the condition is a command.
judge() {
  local check=$1 remedy=$2
  shift 2
  if "$@"; then
    printf 'ok      %s\n' "$check"
  else
    FAILED+=1
    printf 'FAILED  %s\n        status %s: %.300s\n        next: %s\n' "$check" "$STATUS" "${ANSWER##*$'\r\n\r\n'}" "$remedy"
  fi
}

has_status() { [[ " $* " == *" $STATUS "* ]]; }
says() { [[ $ANSWER =~ $1 ]]; }

remove_agent() {
  [[ -z $AGENT ]] || request DELETE "$SERVICE/api/agents/$AGENT"
  AGENT=''
}
trap remove_agent EXIT

# The checks of what a run needs, in the order in which it needs them.
prove_run() {
  request POST "$SERVICE/api/agents" "{\"name\":\"Self-test $$-$EPOCHREALTIME\",\"systemPrompt\":\"Answer what you are asked.\"}"
  judge 'an agent can be made' './stack logs strapi express' has_status 201
  [[ $ANSWER =~ \"id\":\"([A-Za-z0-9-]+)\" ]] || return 0
  AGENT=${BASH_REMATCH[1]}
  request POST "$SERVICE/api/agents/$AGENT/execute" '{"input":"Say hello."}'
  judge 'a run streams text and completes' './stack logs express standin' says 'event: text\.delta.*event: run\.completed'
  local run=''
  [[ ! $ANSWER =~ Location:\ [^$'\r']*/api/runs/([0-9a-f-]+) ]] || run=${BASH_REMATCH[1]}
  request GET "$SERVICE/api/runs/$run"
  judge 'the journal has it' './stack logs express postgres' says '"state":"completed"'
  remove_agent
  judge 'the agent is gone again' './stack logs strapi express' has_status 204
}

request GET "$SERVICE/health/live"
judge 'the service is alive' './stack logs express' has_status 200
request GET "$SERVICE/health/ready"
judge 'Strapi is reached' './stack logs strapi' says '"name":"strapi","status":"UP"'
judge 'the database is reached, its schema up to date' './stack logs postgres' says '"name":"database","status":"UP"'
request GET "$STRAPI_URL/api/agents?pagination%5BpageSize%5D=1" '' "Authorization: Bearer ${STRAPI_API_TOKEN:-$(cat -- "${STRAPI_API_TOKEN_FILE:-/dev/null}")}"
judge 'Strapi takes the token of the service' 'compare STRAPI_API_TOKEN of strapi and express, then ./stack up' has_status 200
request GET "$STRAPI_URL/api/agents"
judge 'and nobody without one' './stack logs strapi' has_status 401 403
request GET "$SERVICE/api/agents" '' 'X-Request-Id: self-test'
judge 'the service asks who is there' './stack logs express' has_status 401
if [[ -z ${API_TOKEN:-} ]]; then
  printf 'skipped a run: there is no API_TOKEN; ./stack token makes one\n'
elif [[ ${DEMO_MODE:-} == true ]]; then
  prove_run
else
  printf 'skipped a run: the model is not the stand-in (DEMO_MODE), and a run would cost money\n'
fi

if ((FAILED)); then
  printf '%d checks failed.\n' "$FAILED" >&2
  exit 1
fi
