# shellcheck shell=bash
# The folders that containers bind: there before the engine would make them as root's, and owned by who writes to them.

# folder below DATA_ROOT | uid of the container that uses it (- for none: the operator's own; backup: that of the backups' worker) | mode
# The operator is who owns the env file. The group is theirs, so that logs can be read without root; a certificate's key is the operator's, read by the frontend's group.
readonly FOLDER_TABLE='
logs/postgres     70    operator 2750
logs/strapi       10001 operator 2750
logs/express      10002 operator 2750
logs/nginx        10003 operator 2750
logs/stack        -     operator 0750
ssl               -     10003    0750
database/backups  backup operator 0700
database/archive  70     operator 2770
'

data_root() {
  local path
  path=$(setting DATA_ROOT)
  [[ $path == /* ]] || path=$ROOT/$path
  readlink -m -- "$path"
}

# stack_log NAME: where `stack` itself logs a step.
stack_log() {
  local folder
  folder=$(data_root)/logs/stack
  mkdir -p -- "$folder" || die "$EXIT_ENVIRONMENT" "$folder can't be made" "$(this_user) may not write there" "ls -ld $(data_root)"
  printf '%s/%s.log' "$folder" "$1"
}

# stack_state NAME: a file in which `stack` keeps something for itself.
stack_state() {
  local folder
  folder=$(data_root)/.stack
  { mkdir -p -- "$folder" && chmod 0700 -- "$folder"; } || die "$EXIT_ENVIRONMENT" "$folder can't be made" "$(this_user) may not write there" "ls -ld $(data_root)"
  printf '%s/%s' "$folder" "$1"
}

make_folders() {
  local root folder uid group mode wanted operator
  local -a wrong=()
  root=$(data_root)
  operator=$(stat -c %u:%g -- "$ENV_FILE")
  while read -r folder uid group mode; do
    [[ -n $folder ]] || continue
    [[ -d $root/$folder ]] || mkdir -p -- "$root/$folder" ||
      die "$EXIT_ENVIRONMENT" "$root/$folder can't be made" "$(this_user) may not write there" "ls -ld $root"
    case $uid in
      -) uid=${operator%:*} ;;
      backup) uid=$(backup_user) uid=${uid%:*} ;;
    esac
    [[ $group != operator ]] || group=${operator#*:}
    wanted=$uid:$group:${mode#0}
    [[ $(stat -c %u:%g:%a -- "$root/$folder") == "$wanted" ]] || wrong+=("$folder" "$uid:$group" "$mode")
  done <<<"$FOLDER_TABLE"
  ((${#wrong[@]})) || return 0
  give_to_containers "$root" "${wrong[@]}"
}

give_to_containers() { # ROOT (PATH OWNER MODE)…
  if [[ $EUID == 0 ]]; then set_owners "$@"; else set_owners_by_container "$@"; fi
}

set_owners() {
  local root=$1
  shift
  while (($#)); do
    chown "$2" -- "$root/$1"
    chmod "$3" -- "$root/$1"
    shift 3
  done
}

# Who isn't root asks the engine, which is.
set_owners_by_container() {
  local root=$1
  shift
  # shellcheck disable=SC2016
  engine 60 run --rm --network none --user 0:0 -v "$root:/data" --entrypoint /bin/sh "$(image_reference base)" -euc \
    'while [ $# -gt 0 ]; do chown "$2" "/data/$1"; chmod "$3" "/data/$1"; shift 3; done' sh "$@" ||
    die "$EXIT_ENVIRONMENT" "what lies below $root can't be given to the containers' users" "see the engine's message above" "sudo $ROOT/stack up"
}
