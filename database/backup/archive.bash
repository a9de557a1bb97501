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

segment_number() { # SEGMENT
  printf '%d' $((16#${1:8:8} * 256 + 16#${1:16:8}))
}

# runs_of SYSTEM_FOLDER: "FIRST LAST" for each run of segments without a hole, the oldest first.
runs_of() {
  local file name
  for file in "$1"/wal/*.zst; do
    name=${file##*/} name=${name%.zst}
    [[ ! $name =~ $SEGMENT_NAME ]] || printf '%s\n' "$name"
  done | awk -f "${BASH_SOURCE[0]%/*}/segments.awk"
}

# missing_after SYSTEM_FOLDER SEGMENT: the first segment from that one on that isn't there although later ones are; nothing where there is none.
missing_after() {
  local first last number
  while read -r first last; do
    [[ ! $last < $2 ]] || continue
    if [[ $first > $2 && -z ${number:-} ]]; then printf '%s' "$2"; return 0; fi
    if [[ -n ${number:-} ]]; then printf '%s%08X%08X' "${2:0:8}" $((number / 256)) $((number % 256)); return 0; fi
    number=$(($(segment_number "$last") + 1))
  done < <(runs_of "$1")
}

# The first moment from which on all is there, up to now: that of the oldest base backup in the last run.
unbroken_since() { # SYSTEM_FOLDER
  local run
  run=$(runs_of "$1" | tail -n 1)
  # As text: to awk a segment without a letter is a number, and one too long for it.
  list_bases "${1%/*}" | awk -v folder="$1/" -v first="${run%% *}" 'first != "" && index($2, folder) == 1 && $3 "" >= first "" { print $1; exit }'
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
