#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031,SC2154 # bats runs each test in a subshell of its own, and sets status and output
# The env file: how it is read, what is refused, how it is completed.

load support

read_env() {
  printf '%s\n' "$@" >"$ENV_FILE"
  load_parts
  env_read
}

@test "values are read as Compose reads them" {
  read_env 'A=plain' "B='single \$quoted # text'" 'C="double quoted"' 'D= spaces around  ' 'E=before # a comment' 'F=a#b' 'G=' '# H=1' '' "I='x' # y"
  [[ ${#FINDINGS[@]} == 0 ]]
  [[ ${FILE_VALUES[A]} == plain ]]
  # shellcheck disable=SC2016
  [[ ${FILE_VALUES[B]} == 'single $quoted # text' ]]
  [[ ${FILE_VALUES[C]} == 'double quoted' ]]
  [[ ${FILE_VALUES[D]} == 'spaces around' ]]
  [[ ${FILE_VALUES[E]} == before ]]
  [[ ${FILE_VALUES[F]} == 'a#b' ]]
  [[ -z ${FILE_VALUES[G]} && -z ${FILE_VALUES[H]:-} ]]
  [[ ${FILE_VALUES[I]} == x ]]
}

@test "nothing in an env file is ever run" {
  # shellcheck disable=SC2016
  read_env 'A=$(touch ran)' 'B=`touch ran`' 'C=;touch ran'
  [[ ! -e ran ]]
  [[ ${FINDINGS[0]} == *"line 1"* ]]
}

@test "a doubled variable is refused with both lines" {
  read_env 'LOG_LEVEL=info' 'X=1' 'LOG_LEVEL=debug'
  [[ ${FINDINGS[0]} == *"LOG_LEVEL twice, in lines 1 and 3" ]]
}

@test "what is no assignment, and what Compose would read differently, is refused with its line" {
  # shellcheck disable=SC2016
  read_env 'export A=1' 'B="x$y"' "C='open" 'D=a"b'
  [[ ${#FINDINGS[@]} == 12 ]]
  [[ ${FINDINGS[0]} == *"line 1"* && ${FINDINGS[3]} == *"line 2"* && ${FINDINGS[6]} == *"line 3"* && ${FINDINGS[9]} == *"line 4"* ]]
}

@test "a missing or empty variable has the example's default" {
  read_env 'LOG_LEVEL=' 'MAX_WORKERS=9'
  [[ $(setting LOG_LEVEL) == info && $(setting MAX_WORKERS) == 9 && $(setting STACK_NAME) == claude ]]
}

@test "the example itself is refused nothing but its missing secrets" {
  cp "$ROOT/.env.example" env
  load_parts
  env_read
  DATA_VOLUMES=()
  env_plan
  env_plan_compose_file
  validate_all
  [[ ${#FINDINGS[@]} == 0 ]]
}

@test "a new env file has every secret, mode 600, and the demo mode" {
  load_parts
  env_read
  DATA_VOLUMES=()
  env_plan
  env_plan_compose_file
  env_write
  [[ $(stat -c %a env) == 600 ]]
  for name in "${GENERATED_SECRETS[@]}"; do grep -qE "^$name=[A-Za-z0-9,]{24,}$" env; done
  [[ $(grep -oE '^STRAPI_APP_KEYS=.*' env | tr ',' '\n' | wc -l) == 4 ]]
  grep -q '^DEMO_MODE=true$' env
  grep -qE '^ANTHROPIC_API_KEY=demo-[A-Za-z0-9]{43}$' env
  grep -q '^COMPOSE_FILE=docker-compose.yml:docker/standin/docker-compose.yml$' env
  FILE_VALUES=()
  parse_env_file env FILE_VALUES
  validate_all
  [[ ${#FINDINGS[@]} == 0 ]]
}

@test "a key of the environment is taken over, and is no demo" {
  load_parts
  ANTHROPIC_API_KEY=sk-ant-0a9s8d7f6g5h4j3k2l1
  env_read
  DATA_VOLUMES=()
  env_plan
  [[ ${PENDING_VALUES[ANTHROPIC_API_KEY]} == "$ANTHROPIC_API_KEY" && ${PENDING_VALUES[DEMO_MODE]} == false && $API_KEY_TAKEN_OVER == true ]]
}

@test "completing keeps the operator's lines, comments and order" {
  printf '# mine\nMAX_WORKERS=7\nPOSTGRES_PASSWORD=\n# end\n' >"$ENV_FILE"
  load_parts
  env_read
  DATA_VOLUMES=()
  env_plan
  env_write
  [[ $(sed -n 1,2p env) == $'# mine\nMAX_WORKERS=7' ]]
  [[ $(sed -n 3p env) =~ ^POSTGRES_PASSWORD=[A-Za-z0-9]{43}$ ]]
  [[ $(sed -n 4p env) == '# end' ]]
  grep -q '^STRAPI_JWT_SECRET=' env
}

@test "with data there, a lost env file gets no new secrets" {
  load_parts
  env_read
  DATA_VOLUMES=(claude-postgres-data)
  run env_plan
  [[ $status == 10 && $output == *"down --volumes"* && $output == *"backup set"* ]]
  [[ ! -e env ]]
}

@test "with data from before there was a sign-in, its first user's password is made" {
  load_parts
  for name in "${GENERATED_SECRETS[@]}"; do
    [[ $name == APP_ADMIN_PASSWORD ]] || printf '%s=%s\n' "$name" "$(generate "$name")"
  done >"$ENV_FILE"
  printf 'DEMO_MODE=true\n' >>"$ENV_FILE"
  env_read
  DATA_VOLUMES=(claude-postgres-data)
  env_plan
  [[ ${#FINDINGS[@]} == 0 && $NEW_APP_PASSWORD == "${PENDING_VALUES[APP_ADMIN_PASSWORD]}" && ${#NEW_APP_PASSWORD} == 24 && -z $NEW_ADMIN_PASSWORD ]]
}

@test "with data there, a lost secret is named and not made anew" {
  load_parts
  env_read
  DATA_VOLUMES=()
  env_plan
  env_write
  sed -i /^STRAPI_JWT_SECRET=/d env
  env_read
  DATA_VOLUMES=(claude-postgres-data)
  env_plan
  [[ ${FINDINGS[0]} == "STRAPI_JWT_SECRET has no value"* && ${#PENDING_VALUES[@]} == 0 ]]
}

@test "with data there, demo mode gets a demo key, and nothing else is turned into a demo" {
  load_parts
  env_read
  DATA_VOLUMES=()
  env_plan
  env_write
  DATA_VOLUMES=(claude-postgres-data)
  sed -i '/^ANTHROPIC_API_KEY=/s/=.*/=/' env
  env_read
  env_plan
  [[ ${#FINDINGS[@]} == 0 && ${PENDING_VALUES[ANTHROPIC_API_KEY]} == demo-* ]]
  sed -i /^DEMO_MODE=/d env
  env_read
  env_plan
  [[ ${FINDINGS[0]} == "ANTHROPIC_API_KEY has no value"* && ${#PENDING_VALUES[@]} == 0 ]]
}

@test "refused secrets are named and never shown" {
  load_parts
  env_read
  DATA_VOLUMES=()
  env_plan
  env_write
  sed -i 's/^POSTGRES_PASSWORD=.*/POSTGRES_PASSWORD=Tr0ub4dor/; s/^STRAPI_API_TOKEN=.*/STRAPI_API_TOKEN=changeme-changeme-changeme/
    s/^STRAPI_JWT_SECRET=.*/STRAPI_JWT_SECRET=reusedreusedreusedreused/; s/^STRAPI_API_TOKEN_SALT=.*/STRAPI_API_TOKEN_SALT=reusedreusedreusedreused/' env
  env_read
  env_plan
  validate_all
  run die_of_findings
  [[ $status == 20 ]]
  [[ $output == *"POSTGRES_PASSWORD is refused"*"shorter"* ]]
  [[ $output == *"STRAPI_API_TOKEN is refused"*"placeholder"* ]]
  [[ $output == *"STRAPI_JWT_SECRET is refused"*"STRAPI_API_TOKEN_SALT"* ]]
  [[ $output != *Tr0ub4dor* && $output != *changeme* && $output != *reusedreused* ]]
}

@test "a secret may stand in a file of its own, not in both places" {
  (umask 077 && echo aV3ryHiddenThingIndeed42 >pw)
  read_env "POSTGRES_PASSWORD_FILE=$PWD/pw"
  [[ $(setting POSTGRES_PASSWORD) == aV3ryHiddenThingIndeed42 && ${#FINDINGS[@]} == 0 ]]
  printf 'POSTGRES_PASSWORD=x\n' >>"$ENV_FILE"
  env_read
  [[ ${FINDINGS[0]} == *"both POSTGRES_PASSWORD and POSTGRES_PASSWORD_FILE" ]]
}

@test "demo mode and key have to agree" {
  read_env 'DEMO_MODE=true' 'ANTHROPIC_API_KEY=sk-ant-0a9s8d7f6g5h4j3k2l1'
  validate_demo_mode
  [[ ${FINDINGS[0]} == "DEMO_MODE=true, but"* ]]
  FINDINGS=() FILE_VALUES=([DEMO_MODE]=false [ANTHROPIC_API_KEY]=demo-0a9s8d7f6g5h4j3k2l1)
  validate_demo_mode
  [[ ${FINDINGS[0]} == "DEMO_MODE=false, but"* ]]
}

@test "the stand-in's compose file comes and goes with the demo mode; others stay" {
  read_env 'DEMO_MODE=true' 'COMPOSE_FILE=docker-compose.yml:mine.yml'
  env_plan_compose_file
  [[ ${PENDING_VALUES[COMPOSE_FILE]} == docker-compose.yml:mine.yml:docker/standin/docker-compose.yml ]]
  PENDING_VALUES=() FILE_VALUES=([DEMO_MODE]=false [COMPOSE_FILE]=docker-compose.yml:docker/standin/docker-compose.yml:mine.yml)
  env_plan_compose_file
  [[ ${PENDING_VALUES[COMPOSE_FILE]} == docker-compose.yml:mine.yml ]]
}

@test "limits themselves, several origins and any path are taken" {
  read_env 'DEMO_MODE=true' 'MAX_WORKERS=1000' 'REQUEST_TIMEOUT=86400000' 'MAX_FILE_SIZE=2147483648' 'CORS_ORIGIN=https://a.example, http://b.example:8080' \
    'STRAPI_CORS_ORIGIN=*' 'VITE_EXPRESS_URL=/' 'VITE_STRAPI_URL=/cms/api' 'ADMIN_PATH=/back/office' 'RUN_EVENTS_DAYS=0' 'RATE_LIMIT_REQUESTS=0' 'RATE_LIMIT_RUNS=100000' 'OTEL_EXPORTER_OTLP_ENDPOINT=https://traces.example:4318/otlp'
  validate_all
  [[ ${#FINDINGS[@]} == 0 ]]
}

@test "names, ports and addresses out of bounds are refused" {
  read_env 'STACK_NAME=Claude!' 'STRAPI_PORT=70000' 'EXPRESS_PORT=80' 'FRONTEND_BIND_ADDRESS=everywhere' 'DATABASE_SSL=true' 'MAX_WORKERS=1001' 'DATA_ROOT=data' \
    'REQUEST_TIMEOUT=999' 'MAX_FILE_SIZE=2147483649' 'CORS_ORIGIN=*' 'STRAPI_CORS_ORIGIN=https://a.example/path' 'VITE_EXPRESS_URL=https://elsewhere.example/api' \
    'VITE_STRAPI_URL=//elsewhere.example' 'RATE_LIMIT_SIGN_INS=-1' 'STREAMS_PER_CLIENT=many' 'OTEL_EXPORTER_OTLP_ENDPOINT=collector:4318'
  validate_all
  all=$(printf '%s\n' "${FINDINGS[@]}")
  for what in STACK_NAME=Claude! STRAPI_PORT=70000 'FRONTEND_HTTP_PORT' FRONTEND_BIND_ADDRESS=everywhere DATABASE_SSL=true MAX_WORKERS=1001 DATA_ROOT=data \
    REQUEST_TIMEOUT=999 MAX_FILE_SIZE=2147483649 'CORS_ORIGIN=*' STRAPI_CORS_ORIGIN=https VITE_EXPRESS_URL=https VITE_STRAPI_URL=// \
    RATE_LIMIT_SIGN_INS=-1 STREAMS_PER_CLIENT=many OTEL_EXPORTER_OTLP_ENDPOINT=collector:4318; do
    [[ $all == *"$what"* ]]
  done
}
