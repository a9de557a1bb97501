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
  local file owner=''
  [[ -z $BACKUPS_LOCK_FD ]] || return 0
  file=$(backups_folder)/.lock
  { exec {BACKUPS_LOCK_FD}<>"$file"; } 2>/dev/null || die "$EXIT_ENVIRONMENT" "the lock $file can't be opened" "$(this_user) may not write there" "ls -ld $(backups_folder)"
  if ! flock --nonblock "$BACKUPS_LOCK_FD"; then
    read -r owner <"$file" || true
    die "$EXIT_LOCKED" "another command is at work on the backups" "${owner:-its owner has not said who it is}" "wait for it to end, then run this again"
  fi
  [[ $EUID != 0 ]] || chown "$(backup_user)" -- "$file"
  printf 'the %s (process %d), since %s\n' "$1" $$ "$(utc)" >"$file"
}

unlock_backups() {
  [[ -z $BACKUPS_LOCK_FD ]] || exec {BACKUPS_LOCK_FD}>&-
  BACKUPS_LOCK_FD=''
}
