#!/bin/bash
# Starts the service once, asks it what it can answer without the other services, ends it, and keeps what it loaded in FILE.
# Usage: train FILE
set -Eeuo pipefail

cache=$1
port=3001
start_seconds=120
end_seconds=180

export HOST=127.0.0.1 PORT=$port
export STRAPI_URL=http://127.0.0.1:1 STRAPI_API_TOKEN=training
export ANTHROPIC_BASE_URL=http://127.0.0.1:1 DEMO_MODE=true
export DATABASE_HOST=127.0.0.1 DATABASE_PORT=1 DATABASE_PASSWORD=training

# Without profiles: a start that has them optimizes at once what it runs once.
start "-XX:AOTCacheOutput=$cache" -XX:-AOTRecordTraining &
service=$!

# Nobody can, without a database; what reads, checks and answers JSON is loaded all the same.
sign_in() {
  local body='{"identifier":"nobody","password":"none"}'
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  printf 'POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s' \
    "${#body}" "$body" >&3
  timeout 20 cat <&3 >/dev/null
  exec 3<&- 3>&-
}

deadline=$((SECONDS + start_seconds))
until http-probe "http://127.0.0.1:$port/health/live" "http://127.0.0.1:$port/openapi"; do
  if ((SECONDS > deadline)) || ! kill -0 "$service"; then
    echo "The service didn't start within $start_seconds s: see the lines above" >&2
    exit 1
  fi
  sleep 0.2
done
# What answers an error is needed at the first requests, too.
http-probe "http://127.0.0.1:$port/health/ready" || true
http-probe "http://127.0.0.1:$port/api/agents" || true
sign_in || true

kill -TERM "$service"
deadline=$((SECONDS + end_seconds))
while kill -0 "$service" 2> /dev/null; do
  if ((SECONDS > deadline)); then
    echo "The service didn't end within $end_seconds s of being told to" >&2
    exit 1
  fi
  sleep 0.2
done
wait "$service" || true
if [[ ! -s $cache ]]; then
  echo "The service left no cache in $cache: see the lines above" >&2
  exit 1
fi
