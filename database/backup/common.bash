# shellcheck shell=bash
# What the parts of backup share. The worker sources it in a container of the server's image, where GNU or busybox may be beside it,
# and `stack` on the host.

readonly SET_NAME='^[0-9]{8}T[0-9]{6}Z$'
# `stack` has most of these names already, with the same values.
: "${EXIT_FAILED:=1}" "${EXIT_USAGE:=2}" "${EXIT_LOCKED:=11}" "${EXIT_WRONG_KEY:=12}" "${EXIT_NOT_VERIFIED:=13}" "${EXIT_ENVIRONMENT:=20}"

if ! declare -F say >/dev/null; then
  say() { printf '%s\n' "$*"; }

  # die EXIT_CODE WHAT WHY NEXT
  die() {
    printf '\nerror: %s\n' "$2" >&2
    [[ -z $3 ]] || printf '  why:  %s\n' "${3//$'\n'/$'\n'        }" >&2
    [[ -z $4 ]] || printf '  next: %s\n' "${4//$'\n'/$'\n'        }" >&2
    exit "$1"
  }

  json_string() {
    local s=$1
    s=${s//\\/\\\\} s=${s//\"/\\\"}
    s=${s//[[:cntrl:]]/ }
    printf '"%s"' "$s"
  }
fi

utc() { # [SECONDS SINCE THE EPOCH]
  TZ=UTC printf '%(%Y-%m-%dT%H:%M:%SZ)T' "${1:--1}"
}

# What a set's name says of its time.
time_of_set() { # SET
  printf '%s-%s-%sT%s:%s:%sZ' "${1:0:4}" "${1:4:2}" "${1:6:2}" "${1:9:2}" "${1:11:2}" "${1:13:2}"
}

sha256_of() { # FILE
  local sum
  sum=$(sha256sum -- "$1") || return
  printf '%s' "${sum:0:64}"
}

# hmac KEY: HMAC-SHA-256 (RFC 2104) of standard input; the key has 64 hexadecimal digits. The server's images have no openssl.
hmac() {
  local inner='' outer='' digest
  local -i i byte
  for ((i = 0; i < 64; i++)); do
    byte=0
    ((i >= 32)) || byte=16#${1:2*i:2}
    printf -v inner '%s\\x%02x' "$inner" $((byte ^ 0x36))
    printf -v outer '%s\\x%02x' "$outer" $((byte ^ 0x5c))
  done
  digest=$({ printf '%b' "$inner" && cat; } | sha256sum) || return
  digest=${digest:0:64}
  for ((i = 0; i < 64; i += 2)); do outer+="\\x${digest:i:2}"; done
  digest=$(printf '%b' "$outer" | sha256sum) || return
  printf '%s' "${digest:0:64}"
}

key_id() { # KEY
  local id
  id=$(printf 'key-id' | hmac "$1") || return
  printf '%s' "${id:0:16}"
}

# write_durably FILE: what standard input holds, or what was there before; never a part.
write_durably() {
  cat >"$1.part" && sync "$1.part" && mv -f -- "$1.part" "$1" && sync "$(dirname -- "$1")"
}

mebibytes_of() { # BYTES -> 12.3 MiB
  local -i tenths=$((($1 * 10 + 524288) / 1048576))
  printf '%d.%d MiB' $((tenths / 10)) $((tenths % 10))
}

free_bytes() { # FOLDER
  df -Pk -- "$1" | awk 'NR == 2 { printf "%.0f", $4 * 1024 }'
}

# Each step says that it begins. The operator's own program, or a test, may listen in: PHASE_HOOK is run with the phase's name.
phase() {
  [[ -z ${PHASE_HOOK:-} ]] || "$PHASE_HOOK" "$1"
}
