#!/bin/bash
# Starts the stand-in once, asks it something, ends it, and keeps what it loaded in FILE, so that each later start is cheap.
# Usage: train FILE
set -Eeuo pipefail

cache=$1
port=8080
start_seconds=60
end_seconds=120

ask() {
  local method=$1 path=$2 body=$3 answer
  exec 3<> "/dev/tcp/127.0.0.1/$port"
  printf '%s %s HTTP/1.1\r\nhost: standin\r\nx-api-key: training\r\nanthropic-version: 2023-06-01\r\ncontent-type: application/json\r\n' \
    "$method" "$path" >&3
  printf 'content-length: %s\r\nconnection: close\r\n\r\n%s' "${#body}" "$body" >&3
  read -r -t 20 -u 3 answer
  cat <&3 > /dev/null
  exec 3>&-
  if [[ $answer != 'HTTP/1.1 20'* ]]; then
    echo "$method $path was answered $answer" >&2
    exit 1
  fi
}

STANDIN_PORT=$port start "-XX:AOTCacheOutput=$cache" &
standin=$!

deadline=$((SECONDS + start_seconds))
until http-probe "http://127.0.0.1:$port/_standin/health"; do
  if ((SECONDS > deadline)) || ! kill -0 "$standin"; then
    echo "The stand-in didn't start within $start_seconds s: see the lines above" >&2
    exit 1
  fi
  sleep 0.2
done
ask POST /_standin/scripts '{"match":{"inputContains":"train"},"steps":[{"type":"thinking","text":"Hm."},{"type":"text","count":50,"stamp":true},{"type":"toolUse","name":"t"}]}'
ask POST /v1/messages '{"model":"m","max_tokens":20,"stream":true,"messages":[{"role":"user","content":"train"}]}'
ask POST /v1/messages '{"model":"m","max_tokens":20,"stream":true,"messages":[{"role":"user","content":"demo"}]}'
ask POST /v1/messages '{"model":"m","max_tokens":20,"messages":[{"role":"user","content":"whole"}]}'
ask GET /_standin/requests ''

kill -TERM "$standin"
deadline=$((SECONDS + end_seconds))
while kill -0 "$standin" 2> /dev/null; do
  if ((SECONDS > deadline)); then
    echo "The stand-in didn't end within $end_seconds s of being told to" >&2
    exit 1
  fi
  sleep 0.2
done
wait "$standin" || true
if [[ ! -s $cache ]]; then
  echo "The stand-in left no cache in $cache: see the lines above" >&2
  exit 1
fi
