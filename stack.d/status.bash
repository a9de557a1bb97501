# shellcheck shell=bash
# What runs, how well, and on which images.

declare -gA STATUS=()

# memory_in_use PID: bytes of the container's control group, page cache that can be dropped left out; empty where that can't be read.
memory_in_use() {
  local line path base used inactive
  [[ $1 != 0 && -r /proc/$1/cgroup ]] || return 0
  while IFS= read -r line; do
    case $line in
      *:memory:*) base=/sys/fs/cgroup/memory path=${line#*:memory:} ;;
      0::*) [[ -n ${path:-} ]] || { base=/sys/fs/cgroup path=${line#0::}; } ;;
    esac
  done <"/proc/$1/cgroup"
  base=${base:-}${path:-}
  if [[ -r $base/memory.usage_in_bytes ]]; then
    used=$(<"$base/memory.usage_in_bytes")
    inactive=$(awk '$1 == "total_inactive_file" { print $2 }' "$base/memory.stat")
  elif [[ -r $base/memory.current ]]; then
    used=$(<"$base/memory.current")
    inactive=$(awk '$1 == "inactive_file" { print $2 }' "$base/memory.stat")
  else
    return 0
  fi
  printf '%d' $((used - ${inactive:-0}))
}

mebibytes() {
  if [[ -n $1 ]]; then printf '%d MiB' $((($1 + 524288) / 1048576)); else printf '?'; fi
}

duration_since() { # RFC3339 time
  local -i s
  s=$((EPOCHSECONDS - $(date -d "$1" +%s)))
  if ((s < 120)); then
    printf '%d s' "$s"
  elif ((s < 7200)); then
    printf '%d min' $((s / 60))
  elif ((s < 172800)); then
    printf '%d h' $((s / 3600))
  else
    printf '%d d' $((s / 86400))
  fi
}

# read_status: STATUS[service]="container|state|health|started|restarts|pid|limit|image|image id|exit code"
read_status() {
  local ids list service rest
  STATUS=()
  ids=$(stack_containers '{{.ID}}') || die "$EXIT_ENVIRONMENT" "the engine does not list its containers" "" "docker ps"
  [[ -n $ids ]] || return 0
  # A container that goes away meanwhile makes this fail for itself alone.
  # shellcheck disable=SC2086 # one argument a container
  list=$(engine 30 inspect --format '{{index .Config.Labels "com.docker.compose.service"}}|{{slice .Name 1}}|{{.State.Status}}|{{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}}|{{.State.StartedAt}}|{{.RestartCount}}|{{.State.Pid}}|{{.HostConfig.Memory}}|{{.Config.Image}}|{{.Image}}|{{.State.ExitCode}}' $ids 2>/dev/null) || true
  while IFS='|' read -r service rest; do
    [[ -z $service ]] || STATUS[$service]=$rest
  done <<<"$list"
}

status_services() {
  local service
  local -A listed=()
  for service in "${STARTUP_ORDER[@]}"; do
    case $service in
      standin) [[ $(setting DEMO_MODE) == true || -n ${STATUS[standin]:-} ]] || continue ;;
      backup) [[ $(setting BACKUP_SCHEDULER) == service || -n ${STATUS[backup]:-} ]] || continue ;;
    esac
    listed[$service]=1
    printf '%s\n' "$service"
  done
  for service in "${!STATUS[@]}"; do
    [[ -n ${listed[$service]:-} ]] || printf '%s\n' "$service"
  done
}

image_origin() { # debian|postgres
  local reference how='from a registry'
  if [[ $1 == debian ]]; then
    reference=$(setting DEBIAN_IMAGE)
    if is_release; then
      reference="that of the release $(setting IMAGE_PREFIX)*:$(setting IMAGE_TAG)"
    elif [[ $reference == "$OWN_DEBIAN_IMAGE" ]]; then
      how='made here from Debian packages'
    fi
  else
    reference=$(setting POSTGRES_IMAGE)
    if postgres_is_ours && ! is_release; then how='built here from Debian packages'; fi
  fi
  if [[ -n $reference ]]; then printf '%s (%s)' "$reference" "$how"; else printf 'not decided yet'; fi
}

show_status() {
  local service container state health started restarts pid limit image id code since memory
  printf '%-10s %-22s %-10s %-9s %-19s %s\n' SERVICE STATE SINCE RESTARTS MEMORY IMAGE
  for service in $(status_services); do
    if [[ -z ${STATUS[$service]:-} ]]; then
      printf '%-10s %-22s %-10s %-9s %-19s %s\n' "$service" missing - - - -
      continue
    fi
    IFS='|' read -r container state health started restarts pid limit image id code <<<"${STATUS[$service]}"
    since=- memory=-
    case $state in
      running)
        state=$health since=$(duration_since "$started")
        memory="$(mebibytes "$(memory_in_use "$pid")") / $(mebibytes "$limit")"
        ;;
      created) state='waiting to start' ;;
      *) state="$state (status $code)" ;;
    esac
    printf '%-10s %-22s %-10s %-9s %-19s %s\n' "$service" "$state" "$since" "$restarts" "$memory" "$image ${id:7:12}"
  done
  printf '\nbase: %s; PostgreSQL: %s\nprofile: %s\n' "$(image_origin debian)" "$(image_origin postgres)" "$(describe_profile)"
  [[ $(setting DEMO_MODE) != true ]] || printf 'DEMO MODE: a stand-in answers in place of Claude.\n'
  describe_certificate
  show_schedule
  describe_archive
  describe_interrupted_restore
}

show_status_json() {
  local service container state health started restarts pid limit image id code memory comma='' certificate
  printf '{"stack":%s,"healthy":%s,"demoMode":%s,"hardened":%s,"images":{"debian":%s,"postgres":%s},"services":[' "$(json_string "$(setting STACK_NAME)")" \
    "$(if all_healthy; then echo true; else echo false; fi)" "$(if [[ $(setting DEMO_MODE) == true ]]; then echo true; else echo false; fi)" \
    "$(if is_hardened; then echo true; else echo false; fi)" \
    "$(json_string "$(setting DEBIAN_IMAGE)")" "$(json_string "$(setting POSTGRES_IMAGE)")"
  for service in $(status_services); do
    printf '%s{"service":%s' "$comma" "$(json_string "$service")"
    comma=,
    if [[ -z ${STATUS[$service]:-} ]]; then
      printf ',"state":"missing"}'
      continue
    fi
    IFS='|' read -r container state health started restarts pid limit image id code <<<"${STATUS[$service]}"
    memory=$(memory_in_use "$pid")
    printf ',"container":%s,"state":%s,"health":%s,"startedAt":%s,"exitCode":%d,"restarts":%d,"memoryBytes":%s,"memoryLimitBytes":%d,"image":%s,"imageId":%s}' \
      "$(json_string "$container")" "$(json_string "$state")" "$(json_string "$health")" "$(json_string "$started")" "$code" "$restarts" "${memory:-null}" "$limit" \
      "$(json_string "$image")" "$(json_string "$id")"
  done
  certificate=$(certificate_end)
  printf '],"certificateEndsAt":%s,"backups":%s,"restore":%s}\n' "$(if [[ -n $certificate ]]; then json_string "$(date -u -d "@$certificate" +%FT%TZ)"; else echo null; fi)" "$(schedule_json)" "$(interrupted_restore_json)"
}

all_healthy() {
  local service state
  for service in $(status_services); do
    state=${STATUS[$service]:-}
    [[ $state == *'|running|healthy|'* ]] || return 1
  done
}
