# shellcheck shell=bash
# The archive of point-in-time recovery: <system identifier>/wal/<segment>.zst, which the server writes, and <system identifier>/base/<time>/,
# which the worker does. `stack` reads it as well. Times are UTC, with six digits of a second, so that they compare as text.

readonly BASE_NAME='^[0-9]{8}T[0-9]{6}Z$' SEGMENT_NAME='^[0-9A-F]{24}$'
readonly KEEP_BASES=2 KEEP_BASE_DAYS=7
readonly MOMENT='^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\.([0-9]{1,6}))?Z$'

# moment_of TEXT: the same time with six digits of a second; fails where TEXT is no such time.
moment_of() {
  local seconds digits
  [[ $1 =~ $MOMENT ]] || return
  seconds=${BASH_REMATCH[1]} digits=${BASH_REMATCH[3]}000000
  # There is no 30th of February. busybox' date doesn't tell by its status.
  [[ $(date -u -d "${seconds/T/ }" '+%Y-%m-%dT%H:%M:%S' 2>/dev/null) == "$seconds" ]] || return
  printf '%s.%sZ' "$seconds" "${digits:0:6}"
}

# The base backups, the oldest first: "FROM FOLDER FIRST_SEGMENT SERVER_MAJOR BYTES" a line, FROM being the first moment that it can bring back.
list_bases() { # ARCHIVE
  local folder
  for folder in "$1"/*/base/*; do
    [[ ${folder##*/} =~ $BASE_NAME && -r $folder/facts ]] || continue
    awk -F = -v folder="$folder" '{ value[$1] = $2 } END { print value["from"], folder, value["segment"], value["major"], value["bytes"] }' "$folder/facts"
  done | sort
}

# base_for ARCHIVE MOMENT: the line of the newest base backup that can bring that moment back; nothing where none can.
base_for() {
  list_bases "$1" | awk -v moment="$2" '$1 <= moment { line = $0 } END { if (line != "") print line }'
}

# The segment after another one. The last eight digits count to FF: a segment has 16 MiB.
next_segment() { # SEGMENT
  local -i log=16#${1:8:8} part=16#${1:16:8}
  part+=1
  if ((part > 255)); then log+=1 part=0; fi
  printf '%s%08X%08X' "${1:0:8}" "$log" "$part"
}

# chain_of SYSTEM_FOLDER SEGMENT: the segments from that one on, a line each, as far as they follow one another; then, where there are later ones,
# "missing SEGMENT".
chain_of() {
  local file name wanted=$2
  for file in "$1"/wal/*.zst; do
    name=${file##*/} name=${name%.zst}
    [[ $name =~ $SEGMENT_NAME && ! $name < $2 ]] || continue
    if [[ $name != "$wanted" ]]; then
      printf 'missing %s\n' "$wanted"
      return 0
    fi
    printf '%s\n' "$name"
    wanted=$(next_segment "$wanted")
  done
}

# What no recovery that is still to be possible needs: of each cluster the base backups beyond the newest KEEP_BASES that are older than another one that is
# KEEP_BASE_DAYS old, and the segments before the oldest one that stays. Reads list_bases, the time before which a base is that old as `aged`; prints
# "keep FOLDER SEGMENT" or "drop FOLDER SEGMENT", a cluster's newest first.
plan_bases() { # AGED
  awk -v aged="$1" -v least="$KEEP_BASES" '
    { system_folder = $2; sub("/base/[^/]*$", "", system_folder); from[++n] = $1; folder[n] = $2; segment[n] = $3; of[n] = system_folder }
    END {
      for (i = n; i >= 1; i--) {
        verdict = (kept[of[i]] >= least && reaches[of[i]]) ? "drop" : "keep"
        print verdict, folder[i], segment[i]
        if (verdict == "keep") kept[of[i]]++
        if (from[i] <= aged) reaches[of[i]] = 1
      }
    }'
}
