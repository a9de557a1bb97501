# shellcheck shell=bash
# Handing a finished set to another place: whole or not at all, and read back.

readonly COPIES=${COPIES:-/copies}

copy_out() { # SET
  [[ -d $COPIES ]] || return 0
  check "$1"
  [[ ! -e $COPIES/$1 ]] || return 0
  # A set has its own name, under which it is then checked, also while it is not whole yet.
  rm -rf -- "$COPIES/.copying"
  if ! mkdir -- "$COPIES/.copying" || ! cp -R -- "$BACKUPS/$1" "$COPIES/.copying/$1" || ! sync_tree "$COPIES/.copying"; then
    rm -rf -- "$COPIES/.copying"
    die "$EXIT_FAILED" "the set $1 could not be copied to BACKUP_COPY_TO" "see the message above; the set itself is well" "look at that folder, then ./stack copy $1"
  fi
  check_set "$COPIES/.copying/$1" "$(backup_key)" ||
    die "$EXIT_NOT_VERIFIED" "the copy of the set $1 is not what was copied" "$SET_FAULT" "look at the disk of BACKUP_COPY_TO, then ./stack copy $1"
  mv -- "$COPIES/.copying/$1" "$COPIES/$1"
  rmdir -- "$COPIES/.copying"
  sync "$COPIES"
  say "Copied the set $1 to BACKUP_COPY_TO"
}
