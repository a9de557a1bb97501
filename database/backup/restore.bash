# shellcheck shell=bash
# The steps of a restore, each of which `stack` calls by itself and notes in its journal. All can be run again after they were cut short.

readonly NEW_UPLOADS=.restore-new OLD_UPLOADS=.restore-old MOVED_OUT=.restore-moved-out

# load SET DATABASE: loads the dump beside the live database, and compares it with the manifest.
load() {
  require_set "$1"
  read_manifest "$BACKUPS/$1" "$(backup_key)" || refuse_set "$1"
  WORK=$(mktemp -d)
  connect_to_server
  PGDATABASE=template1
  drop_database "$2"
  load_dump "$BACKUPS/$1" "$2"
  compare_tables "$BACKUPS/$1" "$2"
  check_indexes "$2"
  PGDATABASE=$2 ask "ANALYZE"
}

drop_database() { # DATABASE
  ask "DROP DATABASE IF EXISTS $(sql_name "$1") WITH (FORCE)"
}

drop() { # DATABASE
  connect_to_server
  PGDATABASE=template1
  drop_database "$1"
}

# swap LIVE NEW OLD: in one transaction LIVE becomes OLD and NEW becomes LIVE.
swap() {
  connect_to_server
  PGDATABASE=template1
  ask "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname IN ($(sql_literal "$1"), $(sql_literal "$2"))" >/dev/null
  ask "BEGIN; ALTER DATABASE $(sql_name "$1") RENAME TO $(sql_name "$3"); ALTER DATABASE $(sql_name "$2") RENAME TO $(sql_name "$1"); COMMIT"
}

# databases: their names, a line each.
databases() {
  connect_to_server
  PGDATABASE=template1 ask "SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1"
}

# unpack SET UID: into a hidden folder of the uploads volume, each file compared with the list.
unpack() {
  local folder=$UPLOADS/$NEW_UPLOADS
  require_set "$1"
  read_manifest "$BACKUPS/$1" "$(backup_key)" || refuse_set "$1"
  WORK=$(mktemp -d)
  rm -rf -- "$folder"
  unpack_uploads "$BACKUPS/$1" "$folder"
  chown -R "$2" -- "$folder"
  chmod -R u=rwX,go=rX -- "$folder"
  find "$folder" -exec sync {} +
}

live_entries() {
  find "$UPLOADS" -mindepth 1 -maxdepth 1 ! -name "$NEW_UPLOADS" ! -name "$OLD_UPLOADS" ! -name "$MOVED_OUT"
}

# move_entries FOLDER: what standard input lists goes there.
move_entries() {
  local entry
  while IFS= read -r entry; do mv -f -- "$entry" "$1/"; done
  sync "$1" "$UPLOADS"
}

# swap-uploads: the live entries go to a hidden folder, then the new ones into their place. The mark says which of the two is under way.
swap_uploads() {
  local entries
  mkdir -p -- "$UPLOADS/$OLD_UPLOADS"
  if [[ ! -e $UPLOADS/$MOVED_OUT ]]; then
    entries=$(live_entries)
    [[ -z $entries ]] || move_entries "$UPLOADS/$OLD_UPLOADS" <<<"$entries"
    phase uploads-moved-out
    : >"$UPLOADS/$MOVED_OUT"
    sync "$UPLOADS/$MOVED_OUT" "$UPLOADS"
  fi
  [[ -d $UPLOADS/$NEW_UPLOADS ]] || return 0
  entries=$(find "$UPLOADS/$NEW_UPLOADS" -mindepth 1 -maxdepth 1)
  [[ -z $entries ]] || move_entries "$UPLOADS" <<<"$entries"
}

# put-uploads-back: the way back from wherever swap-uploads was; the new ones are gone afterwards.
put_uploads_back() {
  local entries
  if [[ -e $UPLOADS/$MOVED_OUT ]]; then
    mkdir -p -- "$UPLOADS/$NEW_UPLOADS"
    entries=$(live_entries)
    [[ -z $entries ]] || move_entries "$UPLOADS/$NEW_UPLOADS" <<<"$entries"
    rm -f -- "$UPLOADS/$MOVED_OUT"
    sync "$UPLOADS"
  fi
  if [[ -d $UPLOADS/$OLD_UPLOADS ]]; then
    entries=$(find "$UPLOADS/$OLD_UPLOADS" -mindepth 1 -maxdepth 1)
    [[ -z $entries ]] || move_entries "$UPLOADS" <<<"$entries"
    rmdir -- "$UPLOADS/$OLD_UPLOADS"
  fi
  rm -rf -- "${UPLOADS:?}/$NEW_UPLOADS"
  sync "$UPLOADS"
}

# forget-old-uploads: the restore is in force for good.
forget_old_uploads() {
  rm -rf -- "${UPLOADS:?}/$OLD_UPLOADS" "${UPLOADS:?}/$NEW_UPLOADS" "${UPLOADS:?}/$MOVED_OUT"
  sync "$UPLOADS"
}
