# shellcheck shell=bash
# Retention: which sets stay is a pure plan; only sets that this host made, whole manifest and all, are ever dropped. Sets of recoveries are a history of
# their own: one of an old moment must not take the place of the day's backup.

readonly KEEP_DAILY=30 KEEP_WEEKLY=12 KEEP_MONTHLY=12

# prune [--dry-run]
prune() {
  local set key plan verdict line made='' recovered=''
  local -i dropped=0
  take_lock "the pruning of old sets"
  phase locked
  if [[ $(last_outcome) != made ]]; then
    die "$EXIT_FAILED" "nothing is pruned while the newest backup is not a good one" "the last backup $(describe_outcome)" "./stack backup"
  fi
  key=$(backup_key)
  for set in "$BACKUPS"/*; do
    set=${set##*/}
    [[ $set =~ $SET_NAME && -d $BACKUPS/$set && ! -L $BACKUPS/$set ]] || continue
    if ! read_manifest "$BACKUPS/$set" "$key" || [[ ${MANIFEST[set]} != "$set" ]]; then continue; fi
    line="$set $(grep -qs '"verified": true' "$BACKUPS/$set.verified" && echo verified || echo -)"$'\n'
    if [[ ${MANIFEST[origin]:-database} == archive ]]; then recovered+=$line; else made+=$line; fi
  done
  plan=$(printf '%s' "$made${recovered:+$'\n'$recovered}" |
    awk -v daily="$KEEP_DAILY" -v weekly="$KEEP_WEEKLY" -v monthly="$KEEP_MONTHLY" -f "$here/calendar.awk" -f "$here/retention.awk")
  printf '%s\n' "$plan"
  if [[ ${1:-} == --dry-run ]]; then
    prune_archive --dry-run
    return 0
  fi
  while read -r verdict set _; do
    [[ $verdict == drop ]] || continue
    # Gone at once, whatever becomes of the removal of its files.
    mv -- "$BACKUPS/$set" "$BACKUPS/.dropping-$set"
    phase dropping
    rm -rf -- "$BACKUPS/.dropping-$set" "$BACKUPS/$set.verified"
    dropped+=1
  done <<<"$plan"
  sync "$BACKUPS"
  say "Dropped $dropped sets."
  prune_archive
}
