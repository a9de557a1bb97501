# shellcheck shell=bash
# What has to be true before anything is changed.

readonly GIB=$((1024 * 1024 * 1024))

check_machine() { # MUST_BUILD(true|false)
  local build=$1 cpus=${ENGINE_CPUS:-0} memory=${ENGINE_MEMORY:-0}
  if [[ -z $ENGINE_VERSION ]]; then
    cpus=$(nproc)
    memory=$(awk '/^MemTotal:/ { printf "%d", $2 * 1024 }' /proc/meminfo)
  fi
  if ((cpus < 2)); then
    finding "the stack needs 2 processors" "this machine has $cpus" "use a machine with 2 processors or more (4 are recommended)"
  fi
  # A machine sold as 2 GB shows somewhat less: what its firmware and kernel keep.
  if ((memory < 2 * GIB * 9 / 10)); then
    finding "the stack needs 2 GB of memory" "this machine has $((memory / 1024 / 1024)) MB" "use a machine with 2 GB or more (4 are recommended)"
  elif ((memory < 4 * GIB * 9 / 10)) && [[ $build == true ]]; then
    warn "this machine has $((memory / 1024 / 1024)) MB of memory: images have to be built, and Strapi's admin page takes 2 GB of it while it is built."
  fi
}

check_disk() { # MUST_BUILD
  local wanted=1 free
  [[ $1 == false ]] || wanted=5
  engine_is_local && [[ -n $ENGINE_ROOT && -d $ENGINE_ROOT ]] || return 0
  free=$(df --output=avail -B1 -- "$ENGINE_ROOT" | tail -n 1)
  if ((free < wanted * GIB)); then
    finding "too little disk space: $((free / 1024 / 1024)) MB are free under $ENGINE_ROOT" \
      "$([[ $1 == true ]] && echo "images have to be built, which takes" || echo "to run, the stack wants") $wanted GB" "docker system df    (then remove what you don't need)"
  fi
}

# listening_sockets: "address port inode" of every TCP socket that listens here; addresses in the kernel's notation.
listening_sockets() {
  local file
  for file in /proc/net/tcp /proc/net/tcp6; do
    [[ ! -r $file ]] || awk '$4 == "0A" { split($2, a, ":"); print a[1], a[2], $10 }' "$file"
  done
}

hex_address() { # 127.0.0.1 -> 0100007F
  local a b c d
  IFS=. read -r a b c d <<<"$1"
  printf '%02X%02X%02X%02X' "$d" "$c" "$b" "$a"
}

# socket_owner INODE: "program (process 123)", where this user may know.
socket_owner() {
  local link pid
  for link in /proc/[0-9]*/fd/*; do
    [[ $(readlink -- "$link" 2>/dev/null) == "socket:[$1]" ]] || continue
    pid=${link#/proc/} pid=${pid%%/*}
    printf '%s (process %d)' "$(cat "/proc/$pid/comm")" "$pid"
    return 0
  done
  printf 'a process of another user'
}

# Ports that the stack is about to bind. Those that its own running containers hold are its own already.
check_ports() {
  local name address port ports project line list sockets hex held_address held_port inode who
  local -A ours=() theirs=() listening=()
  engine_is_local || return 0
  list=$(engine 30 ps --format '{{.Names}}|{{.Label "com.docker.compose.project"}}|{{.Ports}}')
  while IFS='|' read -r line project ports; do
    while [[ $ports =~ :([0-9]+)-\> ]]; do
      port=${BASH_REMATCH[1]} ports=${ports#*"${BASH_REMATCH[0]}"}
      if [[ $project == "$(setting STACK_NAME)" ]]; then ours[$port]=1; else theirs[$port]=$line; fi
    done
  done <<<"$list"
  sockets=$(listening_sockets)
  while read -r held_address held_port inode; do
    [[ -n $held_port ]] || continue
    listening[$((16#$held_port))]+="$held_address $inode;"
  done <<<"$sockets"
  for name in $(published_ports); do
    port=$(setting "$name")
    [[ -z ${ours[$port]:-} ]] || continue
    case $name in
      FRONTEND_HTTP_PORT | FRONTEND_HTTPS_PORT) address=$(setting FRONTEND_BIND_ADDRESS) ;;
      POSTGRES_PORT | STRAPI_PORT | EXPRESS_PORT) address=$(setting BIND_ADDRESS) ;;
      *) address=127.0.0.1 ;; # debuggers, never elsewhere
    esac
    who=''
    if [[ -n ${theirs[$port]:-} ]]; then
      who="the container ${theirs[$port]}"
    elif [[ -n ${listening[$port]:-} ]]; then
      hex=$(hex_address "$address")
      while read -r -d ';' held_address inode; do
        case $held_address in
          "$hex" | 00000000 | 00000000000000000000000000000000 | 0000000000000000FFFF0000"$hex") who=$(socket_owner "$inode") ;;
          *) [[ $hex != 00000000 ]] || who=$(socket_owner "$inode") ;;
        esac
      done <<<"${listening[$port]}"
    fi
    [[ -z $who ]] || finding "port $port ($name) is taken" "$who listens on it" "stop that, or set $name in $ENV_FILE to a free port"
  done
}

# A certificate that the frontend can't read would leave it without HTTPS, or without starting.
check_certificate() {
  local file mode
  for file in "$(data_root)"/ssl/{fullchain,privkey}.pem; do
    [[ -f $file ]] || continue
    mode=$(stat -c %u:%g:%a -- "$file")
    case $mode in
      10003:* | *:10003:*[4567]? | *[4567]) ;;
      *)
        finding "the web server can't read $file" "it runs as user and group 10003; this is the file's owner, group and mode: $mode" \
          "sudo chgrp 10003 $file && sudo chmod 640 $file"
        ;;
    esac
  done
}
