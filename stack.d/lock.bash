# shellcheck shell=bash
# One command at a time changes a stack.

LOCK_FD=''

# lock_stack COMMAND: holds until this process ends, however it ends.
lock_stack() {
  local file=$ENV_FILE.lock owner=''
  { exec {LOCK_FD}<>"$file"; } 2>/dev/null ||
    die "$EXIT_ENVIRONMENT" "the lock $file can't be opened" "$(this_user) may not write there" "ls -ld $(dirname -- "$file")"
  if ! flock --nonblock "$LOCK_FD"; then
    read -r owner <"$file" || true
    die "$EXIT_LOCKED" "another command is at work on this stack" "${owner:-its owner has not said who it is}" "wait for it to end, then run this again"
  fi
  printf 'process %d: stack %s, since %(%H:%M:%S)T\n' $$ "$1" -1 >"$file"
}

# A child that outlives a killed `stack` must not hold its lock.
without_lock() {
  if [[ -n $LOCK_FD ]]; then "$@" {LOCK_FD}>&-; else "$@"; fi
}
