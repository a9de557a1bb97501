# shellcheck shell=bash
# The engine, Compose and buildx: found, or on Debian and as root brought here. An engine that answers is never touched.

readonly ENGINE_LOG=/var/log/dockerd.log
readonly ENGINE_START_SECONDS=60 ENGINE_ANSWER_SECONDS=15
readonly MIN_COMPOSE_VERSION=2.20

ENGINE_VERSION='' ENGINE_CPUS='' ENGINE_MEMORY='' ENGINE_ROOT='' ENGINE_ERROR=''

# engine_answers: fills ENGINE_*; on failure ENGINE_ERROR says why.
engine_answers() {
  local answer errors
  ENGINE_ERROR='' ENGINE_VERSION=''
  command -v docker >/dev/null || {
    ENGINE_ERROR="no docker command on the PATH"
    return 1
  }
  errors=$(mktemp)
  answer=$(engine "$ENGINE_ANSWER_SECONDS" info --format '{{.ServerVersion}}|{{.NCPU}}|{{.MemTotal}}|{{.DockerRootDir}}' 2>"$errors") || true
  ENGINE_ERROR=$(tail -n 3 -- "$errors")
  rm -f -- "$errors"
  IFS='|' read -r ENGINE_VERSION ENGINE_CPUS ENGINE_MEMORY ENGINE_ROOT <<<"$answer" || true
  [[ -n $ENGINE_VERSION ]] && return 0
  ENGINE_ERROR=${ENGINE_ERROR:-no answer within $ENGINE_ANSWER_SECONDS s}
  return 1
}

# engine_address: where docker looks for its engine: DOCKER_HOST, else the context in use.
engine_address() {
  local context=${DOCKER_CONTEXT:-} settings=${DOCKER_CONFIG:-${HOME:-/root}/.docker}/config.json
  if [[ -n ${DOCKER_HOST:-} ]]; then
    printf '%s' "$DOCKER_HOST"
  elif [[ -n $context && $context != default ]] || grep -qs '"currentContext": *"[^"]' "$settings"; then
    engine "$ENGINE_ANSWER_SECONDS" context inspect --format '{{.Endpoints.docker.Host}}' 2>/dev/null || printf 'context %s' "${context:-of $settings}"
  else
    printf 'unix:///var/run/docker.sock'
  fi
}

engine_is_local() {
  [[ $(engine_address) == unix://* ]]
}

# What can be done about an engine that doesn't answer: prints one of  remote, denied, start, install, nothing.
engine_remedy() {
  if ! engine_is_local; then
    echo remote
  elif [[ $ENGINE_ERROR == *"permission denied"* ]]; then
    echo denied
  elif command -v dockerd >/dev/null; then
    if [[ $EUID == 0 ]]; then echo start; else echo nothing; fi
  elif [[ $EUID == 0 ]] && is_debian; then
    echo install
  else
    echo nothing
  fi
}

is_debian() {
  local line id='' like=''
  [[ -r /etc/os-release ]] && command -v apt-get >/dev/null || return 1
  while IFS= read -r line; do
    case $line in
      ID=*) id=${line#ID=} ;;
      ID_LIKE=*) like=${line#ID_LIKE=} ;;
    esac
  done </etc/os-release
  [[ " ${id//\"/} ${like//\"/} " == *" debian "* ]]
}

# engine_finding: tells what the operator can do, where `stack` may not.
engine_finding() {
  local remedy=$1
  case $remedy in
    remote)
      finding "the engine at $(engine_address) does not answer" "$ENGINE_ERROR" "docker info"
      ;;
    denied)
      finding "$(this_user) may not use the engine" "$ENGINE_ERROR" "sudo usermod -aG docker $(this_user), then sign in again"
      ;;
    start)
      finding "the engine is installed, but not running" "$ENGINE_ERROR" "run ./stack up without --no-install, and it is started"
      ;;
    install)
      finding "there is no engine on this machine" "$ENGINE_ERROR" "run ./stack up without --no-install, or: apt-get install docker.io iptables"
      ;;
    nothing)
      if command -v dockerd >/dev/null; then
        finding "the engine is not running" "$ENGINE_ERROR" "sudo systemctl start docker"
      elif is_debian; then
        finding "there is no engine on this machine" "$ENGINE_ERROR" "sudo ./stack up    (it installs Debian's docker.io), or: sudo apt-get install docker.io iptables"
      else
        finding "there is no engine on this machine" "$ENGINE_ERROR" "install Docker Engine with this system's package manager and start it, then ./stack up"
      fi
      ;;
  esac
}

engine_install() {
  say "There is no engine on this machine: installing Debian's docker.io."
  apt_install docker.io iptables
}

# apt_install PACKAGE…
apt_install() {
  local log
  log=$(mktemp)
  if ! apt_lists_are_fresh; then
    say "  apt-get update"
    run_apt "$log" update
  fi
  say "  apt-get install $*"
  run_apt "$log" install -y --no-install-recommends "$@"
  rm -f -- "$log"
}

run_apt() {
  local log=$1
  shift
  without_lock env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120 -o Acquire::Retries=3 "$@" >"$log" 2>&1 </dev/null && return 0
  tail -n 15 -- "$log" >&2
  die "$EXIT_ENVIRONMENT" "apt-get $1 failed" "its last lines are above; all of them are in $log" "apt-get $*"
}

apt_lists_are_fresh() {
  [[ -n $(find /var/lib/apt/lists -maxdepth 1 -name '*Packages*' -ctime -7 -print -quit 2>/dev/null) ]]
}

engine_start() {
  local process
  if engine_answers; then return 0; fi
  process=$(engine_process)
  if [[ -n $process ]]; then
    # Perhaps its package has just started it. A second one would take the first one's network away.
    say "An engine runs (process $process), but does not answer yet: waiting for it."
    engine_await "tail -n 50 $ENGINE_LOG, or journalctl -u docker -n 50"
  elif [[ -d /run/systemd/system ]]; then
    say "Starting the engine: systemctl start docker"
    without_lock systemctl start docker ||
      die "$EXIT_ENVIRONMENT" "systemd could not start the engine" "" "journalctl -u docker -n 50"
    engine_await "journalctl -u docker -n 50"
  else
    engine_start_by_hand
  fi
}

# In a session of its own, so that it outlives this shell and terminal.
engine_start_by_hand() {
  local process log_before
  say "Starting the engine by hand (there is no systemd here); its log is $ENGINE_LOG"
  engine_forget_killed
  log_before=$(stat -c %s -- "$ENGINE_LOG" 2>/dev/null) || log_before=0
  (
    exec {LOCK_FD}>&-
    exec setsid dockerd >>"$ENGINE_LOG" 2>&1 </dev/null
  ) &
  process=$!
  disown "$process"
  engine_await "tail -n 50 $ENGINE_LOG" "$process" "$log_before"
}

engine_process() {
  local file
  for file in /proc/[0-9]*/comm; do
    if [[ $(cat "$file" 2>/dev/null || true) == dockerd ]]; then
      file=${file#/proc/}
      printf '%s' "${file%/comm}"
      return 0
    fi
  done
}

# A killed engine leaves pid files behind; once the pid belongs to something else, the next engine would refuse to start, or wait for it.
engine_forget_killed() {
  local file pid program
  for file in /var/run/docker.pid:dockerd /var/run/docker/containerd/containerd.pid:containerd; do
    program=${file##*:} file=${file%:*}
    [[ -r $file ]] || continue
    pid=$(<"$file")
    [[ $pid =~ ^[0-9]+$ && -r /proc/$pid/comm && $(<"/proc/$pid/comm") == "$program" ]] || rm -f -- "$file"
  done
}

engine_await() { # WHERE_TO_LOOK [PROCESS LENGTH_OF_ITS_LOG_BEFORE]
  local deadline=$((SECONDS + ENGINE_START_SECONDS)) what=''
  until engine_answers; do
    if [[ -n ${2:-} ]] && ! kill -0 "$2" 2>/dev/null; then
      what="the engine ended as soon as it was started"
    elif ((SECONDS >= deadline)); then
      what="the engine did not answer within $ENGINE_START_SECONDS s of its start"
    fi
    [[ -z $what ]] || die "$EXIT_ENVIRONMENT" "$what" "$([[ -z ${2:-} ]] || tail -c "+$(($3 + 1))" -- "$ENGINE_LOG" | tail -n 5)" "$1"
    sleep 0.5
  done
  say "The engine answers: version $ENGINE_VERSION."
}

version_at_least() { # HAVE WANTED
  [[ $(printf '%s\n' "$2" "${1#v}" | sort -V | head -n 1) == "$2" ]]
}

# plugins_missing: prints what of Compose and buildx is not there, or too old.
plugins_missing() {
  local version missing=''
  version=$(engine "$ENGINE_ANSWER_SECONDS" compose version --short 2>/dev/null) || version=0
  version_at_least "$version" "$MIN_COMPOSE_VERSION" || missing=docker-compose
  [[ -n $(find_plugin docker-buildx) ]] || missing+=' docker-buildx'
  printf '%s' "$missing"
}

find_plugin() {
  local folder
  for folder in "${DOCKER_CONFIG:-${HOME:-/root}/.docker}" /usr/local/lib/docker /usr/local/libexec/docker /usr/lib/docker /usr/libexec/docker; do
    if [[ -x $folder/cli-plugins/$1 ]]; then
      printf '%s' "$folder/cli-plugins/$1"
      return 0
    fi
  done
}

# plugins_install PACKAGE…: the distribution's own packages where they are recent enough, else Debian trixie's programs in ~/.docker/cli-plugins.
plugins_install() {
  local candidate
  candidate=$(apt-cache policy docker-compose 2>/dev/null | sed -n 's/^ *Candidate: //p')
  if [[ $EUID == 0 && -n $candidate ]] && version_at_least "$candidate" "$MIN_COMPOSE_VERSION"; then
    say "Compose or buildx is missing: installing the distribution's."
    apt_install "$@"
  else
    say "Compose or buildx is missing: taking Debian trixie's into ~/.docker/cli-plugins."
    plugins_unpack "$@"
  fi
  [[ -z $(plugins_missing) ]] ||
    die "$EXIT_ENVIRONMENT" "Compose v2 and buildx were fetched, but docker does not run them" "" "docker compose version"
}

# debian_mirrors: prints the archive's and the security archive's addresses, as this machine's own apt is configured.
debian_mirrors() {
  local lists=${1:-} main='' security='' label address
  local -a where=()
  [[ -z $lists ]] || where=(-o "Dir::State::lists=$lists")
  # shellcheck disable=SC2016 # apt-get fills in what the format names
  while IFS='|' read -r label address; do
    case $label in
      Debian) main=${main:-$address} ;;
      Debian-Security) security=${security:-$address} ;;
    esac
  done < <(apt-get "${where[@]}" indextargets --format '$(LABEL)|$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 2>/dev/null)
  [[ -n $main ]] && printf '%s\n%s\n' "$main" "$security"
}

# find_debian_mirrors FOLDER: fills DEBIAN_MIRROR and DEBIAN_SECURITY_MIRROR. Where apt has no lists yet, it gets some into FOLDER: that needs no root.
DEBIAN_MIRROR='' DEBIAN_SECURITY_MIRROR=''
find_debian_mirrors() {
  local found
  if ! found=$(debian_mirrors); then
    mkdir -p "$1/partial"
    without_lock apt-get -q -o "Dir::State::lists=$1" -o "Dir::Cache=$1" update >/dev/null 2>&1 || true
    found=$(debian_mirrors "$1") || return 1
  fi
  DEBIAN_MIRROR=$(sed -n 1p <<<"$found")
  DEBIAN_SECURITY_MIRROR=$(sed -n 2p <<<"$found")
}

plugins_unpack() {
  local work target package
  local -a apt
  work=$(mktemp -d)
  target=${DOCKER_CONFIG:-${HOME:-/root}/.docker}/cli-plugins
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/unpacked" "$target"
  find_debian_mirrors "$work/own-lists" ||
    die "$EXIT_ENVIRONMENT" "Compose v2 and buildx are missing, and can't be fetched" "apt on this machine knows no Debian archive" \
      "install the docker compose and buildx plugins with this system's package manager"
  printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s trixie main\n' "$DEBIAN_MIRROR" >"$work/sources.list"
  [[ $EUID != 0 ]] || chmod -R a+rX "$work" # apt drops its privileges while it fetches
  apt=(apt-get -q -o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=/dev/null -o Dir::Etc::preferencesparts=/dev/null
    -o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root -o Acquire::Retries=3 -o Acquire::Languages=none)
  {
    (without_lock "${apt[@]}" update && cd "$work" && without_lock "${apt[@]}" download "$@") >"$work/log" 2>&1 </dev/null
  } || {
    tail -n 15 -- "$work/log" >&2
    die "$EXIT_ENVIRONMENT" "Debian trixie's $* can't be fetched" "apt's last lines are above" "install Docker's compose and buildx plugins by hand, then ./stack up"
  }
  for package in "$work"/*.deb; do dpkg -x "$package" "$work/unpacked"; done
  for package in "$@"; do
    install -m 0755 "$work/unpacked/usr/libexec/docker/cli-plugins/$package" "$target/$package.new"
    mv -f -- "$target/$package.new" "$target/$package"
  done
  rm -rf -- "$work"
}
