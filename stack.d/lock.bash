# shellcheck shell=bash
# One command at a time changes a stack.

LOCK_FD=''

# hold_lock VARIABLE FILE WHAT OWNER: until this process ends, however it ends; VARIABLE gets the file's descriptor.
hold_lock() {
  local owner=''
  local -n descriptor=$1
  { exec {descriptor}<>"$2"; } 2>/dev/null || die "$EXIT_ENVIRONMENT" "the lock $2 can't be opened" "$(this_user) may not write there" "ls -ld $(dirname -- "$2")"
  if ! flock --nonblock "$descriptor"; then
    read -r owner <"$2" || true
    die "$EXIT_LOCKED" "another command is at work on $3" "${owner:-its owner has not said who it is}" "wait for it to end, then run this again"
  fi
  printf '%s\n' "$4" >"$2"
}

lock_stack() { # COMMAND
  hold_lock LOCK_FD "$ENV_FILE.lock" "this stack" "process $$: stack $1, since $(printf '%(%H:%M:%S)T' -1)"
}

# A child that outlives a killed `stack` must not hold its lock.
without_lock() {
  if [[ -n $LOCK_FD && -n $BACKUPS_LOCK_FD ]]; then
    "$@" {LOCK_FD}>&- {BACKUPS_LOCK_FD}>&-
  elif [[ -n $LOCK_FD ]]; then
    "$@" {LOCK_FD}>&-
  else
    "$@"
  fi
}

# lock_backups WHAT: against a scheduled worker, and another `stack` with another env file. `stack` has its own lock by then.
BACKUPS_LOCK_FD=''
lock_backups() {
  local file
  [[ -z $BACKUPS_LOCK_FD ]] || return 0
  file=$(backups_folder)/.lock
  hold_lock BACKUPS_LOCK_FD "$file" "the backups" "the $1 (process $$), since $(utc)"
  [[ $EUID != 0 ]] || chown "$(backup_user)" -- "$file"
}

unlock_backups() {
  [[ -z $BACKUPS_LOCK_FD ]] || exec {BACKUPS_LOCK_FD}>&-
  BACKUPS_LOCK_FD=''
}
