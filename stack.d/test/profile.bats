#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # bats runs each test in a subshell of its own, and sets status and output
# The hardened profile: how it is asked for, what it changes, what a switch says.

load support

# profile_of COMPOSE_FILE [ASKED]: what ./stack plans.
profile_of() {
  printf '%s\n' DEMO_MODE=true ANTHROPIC_API_KEY=demo-0123456789abcdef "COMPOSE_FILE=$1" >"$ENV_FILE"
  [[ -n ${EXAMPLE_FILE:-} ]] || load_parts
  HARDENED_ASKED=${2:-}
  env_read
  env_plan_compose_file
}

# An engine on which the backend network and these containers are.
engine_with() { # INTERNAL CONTAINER…
  local internal=$1
  shift
  network=$internal containers=$(printf '%s\n' "$@")
  engine() {
    case $2 in
      network) printf '%s\n' "$network" ;;
      ps) printf '%s\n' "$containers" ;;
    esac
  }
}

@test "its compose file comes last, and stays until it is taken away" {
  profile_of docker-compose.yml true
  [[ $(setting COMPOSE_FILE) == docker-compose.yml:docker/standin/docker-compose.yml:docker-compose.hardened.yml ]]
  profile_of docker-compose.yml:docker-compose.hardened.yml:mine.yml
  [[ $(setting COMPOSE_FILE) == docker-compose.yml:mine.yml:docker/standin/docker-compose.yml:docker-compose.hardened.yml ]]
  profile_of docker-compose.yml:docker-compose.hardened.yml false
  [[ $(setting COMPOSE_FILE) == docker-compose.yml:docker/standin/docker-compose.yml ]]
}

@test "ports that it doesn't publish are neither looked at nor told" {
  profile_of docker-compose.yml true
  [[ $(published_ports | paste -sd' ') == "FRONTEND_HTTP_PORT FRONTEND_HTTPS_PORT" ]]
  engine_is_local() { return 1; }
  [[ $(say_welcome) != *1337* ]]
  profile_of docker-compose.yml false
  [[ $(published_ports | wc -l) == 5 ]]
  [[ $(say_welcome) == *localhost:1337* ]]
}

@test "a switch names what it re-creates, what needs others first, and isn't made unasked" {
  profile_of docker-compose.yml true
  engine_with false 'claude-postgres|claude|postgres' 'claude-express|claude|express' 'claude-strapi|claude|strapi'
  plan_switch
  [[ ${SWITCH_CONTAINERS[*]} == "claude-express claude-strapi claude-postgres" ]]
  run agree_to_switch </dev/null
  [[ $status == 2 && $output == *"to the hardened profile re-creates the network claude-backend and the containers claude-express claude-strapi claude-postgres."* ]]
  SWITCH_AGREED=true
  run agree_to_switch </dev/null
  [[ $status == 0 && $output == *"All data stays"* ]]
}

@test "a stranger on the network is named, and hinders the switch" {
  profile_of docker-compose.yml true
  engine_with false 'claude-postgres|claude|postgres' 'mine||'
  plan_switch
  [[ ${FINDINGS[1]} == *"the container mine"* && ${FINDINGS[2]} == "docker network disconnect claude-backend mine" ]]
}

@test "where the network is as it should be, or isn't there, nothing is switched" {
  profile_of docker-compose.yml true
  engine_with true 'claude-postgres|claude|postgres'
  plan_switch
  [[ -z $SWITCH_NETWORK ]]
  engine_with ''
  plan_switch
  [[ -z $SWITCH_NETWORK && -z $(agree_to_switch </dev/null) ]]
}

@test "it is refused together with the development overlay" {
  profile_of docker-compose.yml:docker-compose.dev.yml true
  FINDINGS=()
  validate_all
  [[ "${FINDINGS[*]}" == *"the development overlay and the hardened profile don't go together"* ]]
  profile_of docker-compose.yml:docker-compose.dev.yml false
  FINDINGS=()
  validate_all
  [[ "${FINDINGS[*]}" != *"don't go together"* ]]
}
