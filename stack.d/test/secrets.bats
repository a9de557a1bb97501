#!/usr/bin/env bats
# shellcheck disable=SC2004,SC2030,SC2031,SC2034,SC2154,SC2317 # bats runs each test in a subshell of its own, and sets status and output
# Secrets: what is refused, and how they are laid out as files.

load support

# An env file with good secrets, in FILE_VALUES alone.
with_good_secrets() {
  load_parts
  env_load_example
  for name in "${ALL_SECRETS[@]}"; do FILE_VALUES[$name]=$(generate "$name"); done
  ENV_FILE_EXISTS=true
  FILE_VALUES[ANTHROPIC_API_KEY]=demo-${FILE_VALUES[ANTHROPIC_API_KEY]} FILE_VALUES[DEMO_MODE]=true
}

# As good secrets, but each in a file of its own.
with_secret_files() {
  with_good_secrets
  mkdir -p files
  for name in "${ALL_SECRETS[@]}"; do
    (umask 077 && printf '%s\n' "${FILE_VALUES[$name]}" >"files/$name")
    FILE_VALUES[${name}_FILE]=$PWD/files/$name
    unset "FILE_VALUES[$name]"
  done
  FILE_VALUES[DATA_ROOT]=$PWD
  read_secret_files
}

# The engine that would give files to the containers' users is played; what it is asked for is noted.
note_owners() {
  give_to_containers() { printf '%s\n' "$@" >>owners && chmod 0400 "$1"/*.new; }
  secrets_lie_ready() { [[ -e $1/$3 ]]; }
}

@test "each secret, bad in each of 49 ways, is refused by name and with a remedy, and never shown" {
  # A process of its own: bats looks at each command that it runs itself, which takes minutes here.
  "$BATS_TEST_DIRNAME/bad-secrets" stack "$PWD" >cases
  run awk -F '|' '!($3 == 20 && $4 == "told" && index($5, $1))' cases
  # Data from before there was a sign-in have none: it is made then.
  [[ $output == 'APP_ADMIN_PASSWORD|absent|0|told|' ]]
  (($(sort -u cases | wc -l) == 539))
}

@test "good secrets are refused nothing" {
  with_good_secrets
  validate_secrets
  [[ ${#FINDINGS[@]} == 0 ]]
}

@test "what stands in .env.example is a placeholder, whatever that is" {
  load_parts
  printf 'POSTGRES_PASSWORD=Kq8vN2pLw9ZrT4yBs7Hd\n# such as <Wm3xC7hQ1tVz9Gk5> or your_Rd6uJ8nP2sFy4\n' >example
  for value in Kq8vN2pLw9ZrT4yBs7Hd kq8vn2plw9zrt4ybs7hd '<Wm3xC7hQ1tVz9Gk5>' your_Rd6uJ8nP2sFy4; do
    load_secret_examples example
    find_secret_fault STRAPI_JWT_SECRET "$value"
    [[ $SECRET_FAULT == *placeholder* ]]
  done
  load_secret_examples "$EXAMPLE_FILE"
  find_secret_fault STRAPI_JWT_SECRET Kq8vN2pLw9ZrT4yBs7Hd
  [[ -z $SECRET_FAULT ]]
}

@test "each of Strapi's keys counts on its own" {
  load_parts
  local -A expected=([Kq8vN2pLw9ZrT4yBs7Hd,short]=shorter [Kq8vN2pLw9ZrT4yBs7Hd,,Wm3xC7hQ1tVz9Gk5]='is empty' [Kq8vN2pLw9ZrT4yBs7Hd,]='is empty'
    [Kq8vN2pLw9ZrT4yBs7Hd,Kq8vN2pLw9ZrT4yBs7Hd]='the same' [Kq8vN2pLw9ZrT4yBs7Hd,changeme-changeme-now]=placeholder [Kq8vN2pLw9ZrT4yBs7Hd,Wm3xC7hQ1tVz9Gk5]='')
  for value in "${!expected[@]}"; do
    SECRET_OWNERS=()
    find_secret_fault STRAPI_APP_KEYS "$value"
    if [[ -z ${expected[$value]} ]]; then [[ -z $SECRET_FAULT ]]; else [[ $SECRET_FAULT == *"${expected[$value]}"* ]]; fi
  done
}

@test "an administrator's password that Strapi would not take is refused before anything starts" {
  load_parts
  for value in nocapital1letter NOSMALL1LETTER NoDigitInThisOne "$(printf 'aB3%.0s' {1..25})"; do
    find_secret_fault STRAPI_ADMIN_PASSWORD "$value"
    [[ -n $SECRET_FAULT ]]
  done
  find_secret_fault STRAPI_ADMIN_PASSWORD GoodEnough4Strapi
  [[ -z $SECRET_FAULT ]]
}

@test "a container's program runs with good secrets alone, and is handed its arguments" {
  check=("$ROOT/docker/secrets/check-secrets" --examples "$ROOT/.env.example" A B=STRAPI_JWT_SECRET 'C?' -- printf '%s|')
  run -0 env A=Kq8vN2pLw9ZrT4yBs7Hd B=Wm3xC7hQ1tVz9Gk5 C= "${check[@]}" 'x y' z
  [[ $output == 'x y|z|' ]]
  run -78 env A=Kq8vN2pLw9ZrT4yBs7Hd B=short "${check[@]}" x
  [[ $output == *"B (STRAPI_JWT_SECRET in .env) is refused"* && $output != *'x|'* ]]
  run -78 env A=Kq8vN2pLw9ZrT4yBs7Hd B= LOG_FORMAT=json "${check[@]}" x
  [[ $output == '{"time":"'*'","level":"ERROR","logger":"check-secrets","message":"B (STRAPI_JWT_SECRET in .env) is refused: it is not set. Next: '*'"}' ]]
}

@test "without the examples nothing is judged, and nothing runs" {
  run -78 "$ROOT/docker/secrets/check-secrets" --examples "$PWD/nowhere" -- echo ran
  [[ $output == *"placeholders can't be told"* && $output != *ran ]]
}

@test "secrets become files where one has a file, and the overlay comes right behind the first compose file" {
  with_secret_files
  FILE_VALUES[COMPOSE_FILE]=docker-compose.yml:mine.yml
  env_plan_compose_file
  [[ ${PENDING_VALUES[COMPOSE_FILE]} == "docker-compose.yml:$SECRETS_COMPOSE_FILE:mine.yml:$STANDIN_COMPOSE_FILE" ]]
  for name in "${ALL_SECRETS[@]}"; do unset "FILE_VALUES[${name}_FILE]"; done
  FILE_VALUES[COMPOSE_FILE]=${PENDING_VALUES[COMPOSE_FILE]} PENDING_VALUES=()
  env_plan_compose_file
  [[ ${PENDING_VALUES[COMPOSE_FILE]} == "docker-compose.yml:mine.yml:$STANDIN_COMPOSE_FILE" ]]
}

@test "each service gets its own secrets, given to its user; Compose is told none" {
  with_secret_files
  note_owners
  lay_out_secrets
  for at in postgres/POSTGRES_PASSWORD strapi/POSTGRES_PASSWORD strapi/STRAPI_APP_KEYS express/ANTHROPIC_API_KEY; do
    [[ $(<".stack/secrets/$at") == "$(<"files/${at#*/}")" ]]
  done
  [[ ! -e .stack/secrets/express/POSTGRES_PASSWORD && ! -e .stack/secrets/postgres/STRAPI_API_TOKEN ]]
  [[ $(tail -n 10 owners | tr '\n' ' ') == *"EXPRESS_DB_PASSWORD.new 10002:10002 0400 "*"ANTHROPIC_API_KEY.new 10002:10002 0400 " ]]
  compose_arguments config
  all=" ${COMPOSE_COMMAND[*]} "
  for name in "${ALL_SECRETS[@]}"; do [[ $all != *"$(<"files/$name")"* ]]; done
  [[ $all == *" POSTGRES_PASSWORD=stands-in-a-file "*" SECRETS_MARK_"* ]]
}

@test "a changed secret gives those services another mark that have it, and no others" {
  with_secret_files
  note_owners
  lay_out_secrets
  local -A first=()
  for service in postgres strapi express; do first[$service]=${SECRET_MARKS[$service]}; done
  rm owners
  lay_out_secrets
  [[ ${SECRET_MARKS[postgres]} == "${first[postgres]}" && ! -e owners ]]
  printf 'Kq8vN2pLw9ZrT4yBs7Hd\n' >files/STRAPI_API_TOKEN
  read_secret_files
  lay_out_secrets
  [[ ${SECRET_MARKS[postgres]} == "${first[postgres]}" && ${SECRET_MARKS[strapi]} != "${first[strapi]}" && ${SECRET_MARKS[express]} != "${first[express]}" ]]
  [[ $(<.stack/secrets/strapi/STRAPI_API_TOKEN) == Kq8vN2pLw9ZrT4yBs7Hd ]]
}

@test "a layout that was cut short is done again, under another mark; without secret files nothing is left" {
  with_secret_files
  note_owners
  write_mark() { return 1; }
  run ! lay_out_secrets
  [[ $output == *"can't be laid out"* && ! -e .stack/secrets/postgres.mark ]]
  load_parts_again() { source "$ROOT/stack.d/secrets.bash" 2>/dev/null || true; }
  load_parts_again
  note_owners
  lay_out_secrets
  [[ -s .stack/secrets/postgres.mark && -z $(find .stack/secrets -name '*.new') ]]
  for name in "${ALL_SECRETS[@]}"; do unset "FILE_VALUES[${name}_FILE]"; done
  lay_out_secrets
  [[ ! -e .stack/secrets ]]
}
