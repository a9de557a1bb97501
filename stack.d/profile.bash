# shellcheck shell=bash
# The hardened profile: one more compose file. A network that exists can't change, so a switch makes the backend network anew.

readonly HARDENED_COMPOSE_FILE=docker-compose.hardened.yml

# What the command line asks for: true, false, or nothing for what the env file says.
HARDENED_ASKED='' SWITCH_AGREED=false

SWITCH_NETWORK='' SWITCH_CONTAINERS=()

is_hardened() {
  has_overlay "$HARDENED_COMPOSE_FILE"
}

profile_name() {
  if is_hardened; then printf 'hardened'; else printf 'default'; fi
}

# network_differs: whether the backend network is there, and not as the profile wants it.
network_differs() {
  local internal wanted=false
  ! is_hardened || wanted=true
  internal=$(engine 30 network ls --filter "name=^$(setting STACK_NAME)-backend\$" --format '{{.Internal}}') ||
    die "$EXIT_ENVIRONMENT" "the engine does not list its networks" "" "docker network ls"
  [[ -n $internal && $internal != "$wanted" ]]
}

# plan_switch: finds out what another profile than the running one's has to make anew; changes nothing.
plan_switch() {
  local list name project service
  local -A found=()
  SWITCH_NETWORK='' SWITCH_CONTAINERS=()
  network_differs || return 0
  SWITCH_NETWORK=$(setting STACK_NAME)-backend
  list=$(engine 30 ps -a --filter "network=$SWITCH_NETWORK" --format '{{.Names}}|{{.Label "com.docker.compose.project"}}|{{.Label "com.docker.compose.service"}}') ||
    die "$EXIT_ENVIRONMENT" "the engine does not list its containers" "" "docker ps"
  while IFS='|' read -r name project service; do
    [[ -n $name ]] || continue
    if [[ $project == "$(setting STACK_NAME)" ]]; then
      found[$service]=$name
    else
      finding "the network $SWITCH_NETWORK can't be made anew" "the container $name, which is not of this stack, is on it" "docker network disconnect $SWITCH_NETWORK $name"
    fi
  done <<<"$list"
  # In the order in which they are stopped: nothing before what needs it.
  for service in "${STARTUP_ORDER[@]}"; do
    [[ -z ${found[$service]:-} ]] || SWITCH_CONTAINERS=("${found[$service]}" "${SWITCH_CONTAINERS[@]}")
  done
}

# agree_to_switch: says what the switch re-creates, and asks where that interrupts something.
agree_to_switch() {
  local answer
  [[ -n $SWITCH_NETWORK ]] || return 0
  say "Switching $(setting STACK_NAME) to the $(profile_name) profile re-creates the network $SWITCH_NETWORK${SWITCH_CONTAINERS[*]:+ and the containers ${SWITCH_CONTAINERS[*]}}."
  ((${#SWITCH_CONTAINERS[@]})) || return 0
  say "They are away for some seconds, and runs in progress end. All data stays in its volumes."
  [[ $SWITCH_AGREED == false ]] || return 0
  [[ -t 0 ]] || die_usage "nothing was switched: without a terminal to ask on, say with --yes that the interruption is wanted" up
  printf 'Go on? [y/N] '
  read -r answer || answer=''
  [[ $answer == [yY]* ]] || die "$EXIT_FAILED" "nothing was switched" "the answer was not yes" ""
}

# switch_profile: takes away what boot then makes anew. Killed half-way, the next ./stack up does the rest.
switch_profile() {
  local name
  [[ -n $SWITCH_NETWORK ]] || return 0
  for name in "${SWITCH_CONTAINERS[@]}"; do
    { engine 90 stop "$name" && engine 60 rm -f "$name"; } >/dev/null ||
      die "$EXIT_FAILED" "the container $name could not be removed" "see the engine's message above" "./stack up"
  done
  engine 60 network rm "$SWITCH_NETWORK" >/dev/null ||
    die "$EXIT_FAILED" "the network $SWITCH_NETWORK could not be removed" "see the engine's message above" "docker network inspect $SWITCH_NETWORK"
}

describe_profile() {
  if network_differs; then
    printf '%s by the settings, but the network %s-backend is not: ./stack up switches it' "$(profile_name)" "$(setting STACK_NAME)"
  elif is_hardened; then
    printf "hardened: no way out of the backend network, no host port but the frontend's"
  else
    printf 'default'
  fi
}
