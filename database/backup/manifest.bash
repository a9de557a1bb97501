# shellcheck shell=bash
# The manifest of a set: JSON, one member or element a line in a fixed order, closed by a keyed digest of all lines before it. So it
# can be read without a JSON parser, which the server's images lack, and whoever hasn't the key can't make another.

readonly MANIFEST_FORMAT=1
readonly MANIFEST_SCALAR='^"([a-zA-Z]+)": ("(([^"\\]|\\.)*)"|[0-9]+),$'
readonly MANIFEST_FILE='^\{"path": "([A-Za-z0-9._/-]+)", "bytes": ([0-9]+), "sha256": "([0-9a-f]{64})"\},?$'
readonly MANIFEST_FINGERPRINT='^"([A-Z_]+)": "([0-9a-f]{64})",?$'
readonly MANIFEST_DIGEST='^"digest": "([0-9a-f]{64})"$'

# Without the comma after each but the last element.
commas() {
  awk 'NR > 1 { print previous "," } { previous = $0 } END { if (NR > 0) print previous }'
}

# write_manifest FOLDER KEY TABLES FINGERPRINTS: of the scalars in MANIFEST, the table lines and fingerprint lines in files, and every
# file of the folder.
declare -gA MANIFEST=()
declare -ga MANIFEST_ORDER=(set origin moment stack begun ended revision image imageId server serverNumber libc encoding collation database databaseBytes
  owners uploadFiles uploadBytes secrets keyId)

write_manifest() {
  local folder=$1 key=$2 tables=$3 fingerprints=$4 name body=$1/.manifest
  {
    printf '{\n"format": %d,\n' "$MANIFEST_FORMAT"
    for name in "${MANIFEST_ORDER[@]}"; do
      if [[ ${MANIFEST[$name]} =~ ^[0-9]+$ && $name =~ (Bytes|Files|Number)$ ]]; then
        printf '"%s": %s,\n' "$name" "${MANIFEST[$name]}"
      else
        printf '"%s": %s,\n' "$name" "$(json_string "${MANIFEST[$name]}")"
      fi
    done
    printf '"fingerprints": {\n'
    commas <"$fingerprints"
    printf '},\n"tables": [\n'
    commas <"$tables"
    printf '],\n"files": [\n'
    list_files "$folder" | commas
    printf '],\n'
  } >"$body" || return
  name=$(hmac "$key" <"$body") || return
  printf '"digest": "%s"\n}\n' "$name" >>"$body" && sync "$body" && mv -- "$body" "$folder/manifest.json"
}

# The files of a set as the manifest has them; it itself, and what begins with a dot, left out.
list_files() { # FOLDER
  local file
  (cd -- "$1" && find . -type f ! -name manifest.json ! -name '.manifest' | sort) | while IFS= read -r file; do
    printf '{"path": "%s", "bytes": %d, "sha256": "%s"}\n' "${file#./}" "$(stat -c %s -- "$1/$file")" "$(sha256_of "$1/$file")"
  done
}

declare -gA SET_FILE_BYTES=() SET_FILE_SUMS=() SET_FINGERPRINTS=()
SET_FAULT='' SET_FAULT_CODE=1

# read_manifest FOLDER KEY: fills MANIFEST and SET_…; on failure SET_FAULT says what is wrong, and SET_FAULT_CODE which exit code that is.
read_manifest() {
  local file=$1/manifest.json key=$2 line part='head' digest=''
  local -i last=0
  local -a lines=()
  MANIFEST=() SET_FILE_BYTES=() SET_FILE_SUMS=() SET_FINGERPRINTS=() SET_FAULT_CODE=$EXIT_NOT_VERIFIED
  [[ -f $file && ! -L $file ]] || set_fault "it has no manifest, so it is no finished set" || return
  mapfile -t lines <"$file"
  last=$((${#lines[@]} - 1))
  ((last > 3)) && [[ ${lines[0]} == '{' && ${lines[last]} == '}' && ${lines[last - 1]} =~ $MANIFEST_DIGEST ]] ||
    set_fault "its manifest is cut off or isn't one" || return
  digest=${BASH_REMATCH[1]}
  [[ ${lines[1]} =~ ^'"format": '([0-9]+),$ ]] || set_fault "its manifest isn't one" || return
  ((BASH_REMATCH[1] == MANIFEST_FORMAT)) || set_fault "its format is ${BASH_REMATCH[1]}, and this program reads format $MANIFEST_FORMAT" || return
  for line in "${lines[@]:2:last - 3}"; do
    case $line in
      '"fingerprints": {' | '"tables": [' | '"files": [') part=${line%%\": *} part=${part#\"} ;;
      '},' | '],') part='head' ;;
      *) read_manifest_line "$part" "$line" || set_fault "its manifest has a line that doesn't belong there: ${line:0:60}" || return ;;
    esac
  done
  [[ ${MANIFEST[set]:-} =~ $SET_NAME && ${MANIFEST[keyId]:-} =~ ^[0-9a-f]{16}$ ]] || set_fault "its manifest is incomplete" || return
  if [[ ${MANIFEST[keyId]} != "$(key_id "$key")" ]]; then
    SET_FAULT_CODE=$EXIT_WRONG_KEY
    set_fault "it was signed with another backup key (${MANIFEST[keyId]}; the one here is $(key_id "$key"))" || return
  fi
  [[ $digest == "$(printf '%s\n' "${lines[@]:0:last - 1}" | hmac "$key")" ]] ||
    set_fault "its manifest was changed after it was made: the keyed digest does not fit" || return
}

set_fault() {
  SET_FAULT=$1
  return 1
}

read_manifest_line() { # PART LINE
  case $1 in
    head)
      [[ $2 =~ $MANIFEST_SCALAR ]] || return
      local value=${BASH_REMATCH[2]}
      [[ $value != '"'* ]] || value=${BASH_REMATCH[3]}
      value=${value//\\\"/\"}
      MANIFEST[${BASH_REMATCH[1]}]=${value//\\\\/\\}
      ;;
    fingerprints)
      [[ $2 =~ $MANIFEST_FINGERPRINT ]] || return
      SET_FINGERPRINTS[${BASH_REMATCH[1]}]=${BASH_REMATCH[2]}
      ;;
    tables) [[ $2 == '{"table": '* ]] ;;
    files)
      [[ $2 =~ $MANIFEST_FILE && ${BASH_REMATCH[1]} != *..* && ${BASH_REMATCH[1]} != /* ]] || return
      SET_FILE_BYTES[${BASH_REMATCH[1]}]=${BASH_REMATCH[2]} SET_FILE_SUMS[${BASH_REMATCH[1]}]=${BASH_REMATCH[3]}
      ;;
  esac
}

# The table lines of a manifest that has been read, as they were written.
manifest_tables() { # FOLDER
  awk '/^"tables": \[$/ { on = 1; next } /^\],$/ { on = 0 } on { sub(/,$/, ""); print }' "$1/manifest.json"
}

# check_set FOLDER KEY: the manifest, and that the folder holds the files it lists, whole and unchanged, and no other.
check_set() {
  local folder=$1 file path sum
  read_manifest "$@" || return
  [[ ${MANIFEST[set]} == "${folder##*/}" ]] || set_fault "its folder is ${folder##*/}, but its manifest is that of ${MANIFEST[set]}" || return
  while IFS= read -r file; do
    path=${file#"$folder"/}
    [[ $path == manifest.json || -n ${SET_FILE_SUMS[$path]:-} ]] || set_fault "it holds $path, which its manifest doesn't list" || return
  done < <(find "$folder" ! -type d)
  for path in "${!SET_FILE_SUMS[@]}"; do
    file=$folder/$path
    [[ -f $file && ! -L $file ]] || set_fault "its file $path is missing" || return
    [[ $(stat -c %s -- "$file") == "${SET_FILE_BYTES[$path]}" ]] ||
      set_fault "its file $path has $(stat -c %s -- "$file") bytes instead of ${SET_FILE_BYTES[$path]}" || return
    sum=$(sha256_of "$file") || set_fault "its file $path can't be read" || return
    [[ $sum == "${SET_FILE_SUMS[$path]}" ]] || set_fault "its file $path was changed: the SHA-256 is another" || return
  done
}
