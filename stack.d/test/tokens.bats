#!/usr/bin/env bats
# shellcheck disable=SC2154 # bats sets status and output
# ./stack token: what it asks the database for, with the engine played, and what it prints.

load support

begin() {
  printf 'STACK_NAME=mine\nAPP_ADMIN_EMAIL=eve@example.org\n' >"$ENV_FILE"
  load_parts
  engine_answers() { :; }
  engine() { printf '%s\n' "$@" >asked && cat >>asked && echo "$ANSWER"; }
  ANSWER=1c6f7a3e
}

@test "the token is printed alone, and only its hash goes into the database" {
  begin
  run cmd_token "my laptop"
  [[ $status == 0 && $output =~ ^cau_[A-Za-z0-9]{43}$ ]]
  grep -qx "hash=$(printf '%s' "$output" | sha256sum | cut -d' ' -f1)" asked
  run ! grep -qF -- "$output" asked
  grep -qx 'name=my laptop' asked
  grep -qx 'user=eve@example.org' asked
  grep -qx 'days=0' asked
}

@test "another user's token, which runs out" {
  begin
  run cmd_token ci --user bob --days 30
  [[ $status == 0 ]]
  grep -qx 'user=bob' asked
  grep -qx 'days=30' asked
}

@test "a user that isn't there gets none" {
  begin
  ANSWER=''
  run cmd_token ci --user nobody
  [[ $status == 1 && $output == *'there is no user nobody'* && $output != *cau_* ]]
}

@test "wrong usage is told" {
  begin
  for wrong in '' '  ' "$(printf 'x%.0s' {1..101})"; do
    run cmd_token "$wrong"
    [[ $status == 2 ]]
  done
  for days in 0 -1 3651 soon; do
    run cmd_token name --days "$days"
    [[ $status == 2 ]]
  done
  [[ ! -e asked ]]
}
