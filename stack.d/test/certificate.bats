#!/usr/bin/env bats
# shellcheck disable=SC2154 # bats sets status and output
# ./stack certificate: what it asks for, with the engine played.

load support

begin() {
  printf 'STACK_NAME=mine\nDATA_ROOT=%s\n' "$PWD/data" >"$ENV_FILE"
  load_parts
  engine_answers() { :; }
  make_folders() { mkdir -p data/ssl; }
  engine() {
    if [[ $2 == inspect ]]; then echo "$RUNNING"; else printf '%s\n' "$@" >>asked; fi
  }
  RUNNING=false
}

@test "names and addresses become the certificate's" {
  begin
  run cmd_certificate agents.example.org 192.168.1.5
  [[ $status == 0 && $output == *"for agents.example.org 192.168.1.5"* ]]
  grep -qx 'DNS:agents.example.org,IP:192.168.1.5' asked
  grep -qx 398 asked
  run ! grep -qx restart asked
}

@test "a running frontend takes it up" {
  begin
  RUNNING=true
  run cmd_certificate
  [[ $status == 0 && $output == *"The frontend was restarted: https://localhost:"* ]]
  grep -qx 'DNS:localhost,IP:127.0.0.1' asked
  grep -qx mine-frontend asked
}

@test "a certificate that is there is replaced only when told so" {
  begin
  mkdir -p data/ssl
  echo old >data/ssl/fullchain.pem
  run cmd_certificate localhost
  [[ $status == 1 && $output == *"already"* && $output == *"--replace localhost"* && ! -e asked ]]
  run cmd_certificate --replace --days 30 localhost
  [[ $status == 0 ]]
  grep -qx 30 asked
}

@test "wrong usage is told" {
  begin
  for wrong in '-x' 'a b' 'x/y' '*.example.org' '-days'; do
    run cmd_certificate "$wrong"
    [[ $status == 2 ]]
  done
  for days in 0 826 soon; do
    run cmd_certificate --days "$days"
    [[ $status == 2 ]]
  done
  [[ ! -e asked ]]
}

# The frontend runs with a certificate that ends so many seconds from now.
ending_in() {
  STATUS[frontend]='mine-frontend|running|healthy|'
  END=$(date -u -d "@$((EPOCHSECONDS + $1))" '+%b %e %T %Y GMT')
  # shellcheck disable=SC2317 # asked by what is tested
  engine() { [[ $* == *' exec mine-frontend '*'openssl x509 '* ]] && echo "notAfter=$END"; }
}

@test "status tells how long the certificate is good, and when it is time for another" {
  begin
  env_require
  mkdir -p data/ssl
  echo one >data/ssl/fullchain.pem

  ending_in $((22 * 86400 + 60))
  run describe_certificate
  [[ $output == *"is good until $(date -u -d '22 days' +%Y)-"* ]]

  ending_in $((5 * 86400 + 60))
  run describe_certificate
  [[ $output == *'runs out in 5 days, on '*'./stack certificate --replace with its names' ]]

  ending_in -60
  run describe_certificate
  [[ $output == *'RAN OUT on '*'./stack certificate --replace with its names' ]]
}

@test "without a certificate, or a frontend, nothing is told of one" {
  begin
  env_require
  ending_in 60
  run describe_certificate
  [[ $status == 0 && -z $output ]]

  mkdir -p data/ssl
  echo one >data/ssl/fullchain.pem
  STATUS[frontend]='mine-frontend|exited|none|'
  run describe_certificate
  [[ $status == 0 && -z $output ]]

  ending_in 60
  # shellcheck disable=SC2317 # asked by what is tested
  engine() { return 1; }
  run describe_certificate
  [[ $status == 0 && -z $output ]]
}
