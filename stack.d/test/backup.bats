#!/usr/bin/env bats
# Backup sets, as far as no database takes part.

load support

KEY=0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b

setup() {
  cd "$BATS_TEST_TMPDIR" || return 1
  load_parts
}

# A set with two files, of this name.
make_set() {
  mkdir -p "$1/configuration/nginx"
  printf 'the dump' >"$1/database.dump"
  printf 'events {}' >"$1/configuration/nginx/nginx.conf"
  printf '{"table": "public.agents", "rows": 3, "hash": "12--5"}\n{"table": "public.skills", "rows": 0, "hash": "0-0"}\n' >tables
  printf '"STRAPI_JWT_SECRET": "%064d"\n"STRAPI_APP_KEYS": "%064d"\n' 1 2 >fingerprints
  MANIFEST=([set]=$1 [origin]=database [moment]=2026-01-02T03:04:05.000000Z [stack]=claude [begun]=2026-01-02T03:04:05Z [ended]=2026-01-02T03:04:06Z [revision]=abc1234 [image]=claude-postgres:latest
    [imageId]=sha256:1 [server]='17.6 (Debian "17")' [serverNumber]=170006 [libc]='glibc 2.41' [encoding]=UTF8 [collation]=en_US.UTF-8
    [database]=claude_agent_ui [databaseBytes]=8000000 [owners]='express,postgres' [uploadFiles]=0 [uploadBytes]=0 [secrets]=plain [keyId]="$(key_id "$KEY")")
  write_manifest "$1" "$KEY" tables fingerprints
}

expect_refusal() { # CODE TEXT
  if check_set "$PWD/20260102T030405Z" "$KEY"; then return 1; fi
  [[ $SET_FAULT_CODE == "$1" && $SET_FAULT == *"$2"* ]] || {
    echo "$SET_FAULT_CODE: $SET_FAULT"
    return 1
  }
}

# RFC 4231, its cases with keys of up to 32 bytes, padded with zeros as HMAC itself pads them.
@test "the keyed digest is HMAC-SHA-256" {
  [[ $(printf 'Hi There' | hmac 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b000000000000000000000000) == b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7 ]]
  [[ $(printf 'what do ya want for nothing?' | hmac 4a65666500000000000000000000000000000000000000000000000000000000) == 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843 ]]
  [[ $(head -c 50 /dev/zero | tr '\0' '\335' | hmac aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa000000000000000000000000) == 773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe ]]
}

@test "a manifest is JSON, and reads back as it was written" {
  make_set 20260102T030405Z
  python3 -c 'import json, sys; m = json.load(open(sys.argv[1])); assert m["serverNumber"] == 170006 and len(m["tables"]) == 2 and len(m["files"]) == 2, m' 20260102T030405Z/manifest.json
  MANIFEST=()
  check_set "$PWD/20260102T030405Z" "$KEY"
  [[ ${MANIFEST[server]} == '17.6 (Debian "17")' ]]
  [[ ${MANIFEST[databaseBytes]} == 8000000 && ${MANIFEST[owners]} == express,postgres ]]
  [[ ${#SET_FILE_SUMS[@]} == 2 && ${#SET_FINGERPRINTS[@]} == 2 ]]
  [[ $(manifest_tables "$PWD/20260102T030405Z") == "$(<tables)" ]]
}

@test "damage of twelve kinds is refused" {
  local set=20260102T030405Z
  make_set $set && printf 'the dum' >$set/database.dump && expect_refusal 13 'has 7 bytes instead of 8'
  make_set $set && printf 'the dumq' >$set/database.dump && expect_refusal 13 'database.dump was changed'
  make_set $set && : >$set/database.dump && expect_refusal 13 'has 0 bytes'
  make_set $set && rm $set/configuration/nginx/nginx.conf && expect_refusal 13 'nginx.conf is missing'
  make_set $set && : >$set/extra && expect_refusal 13 'holds extra' && rm $set/extra
  make_set $set && ln -s /etc/passwd $set/link && expect_refusal 13 'holds link' && rm $set/link
  make_set $set && sed -i 's/"rows": 3/"rows": 4/' $set/manifest.json && expect_refusal 13 'was changed after it was made'
  make_set $set && sed -i 's/"sha256": "./"sha256": "0/' $set/manifest.json && expect_refusal 13 'keyed digest does not fit'
  make_set $set && head -n 12 $set/manifest.json >m && mv m $set/manifest.json && expect_refusal 13 'cut off'
  make_set $set && rm $set/manifest.json && expect_refusal 13 'no finished set'
  make_set $set && sed -i 's/^"format": 1/"format": 2/' $set/manifest.json && expect_refusal 13 'its format is 2'
  make_set $set && if check_set "$PWD/$set" "${KEY//0b/0c}"; then return 1; fi
  [[ $SET_FAULT_CODE == 12 && $SET_FAULT == *'another backup key'* ]]
}

@test "a set under another name is refused" {
  make_set 20260102T030405Z
  mv 20260102T030405Z 20270102T030405Z
  if check_set "$PWD/20270102T030405Z" "$KEY"; then return 1; fi
  [[ $SET_FAULT == *'its manifest is that of 20260102T030405Z'* ]]
}

@test "a manifest that lists a file outside of its set is refused, however it is signed" {
  make_set 20260102T030405Z
  sed -i '/^"digest"/,$d; s|"path": "database.dump"|"path": "../database.dump"|' 20260102T030405Z/manifest.json
  printf '"digest": "%s"\n}\n' "$(hmac "$KEY" <20260102T030405Z/manifest.json)" >>20260102T030405Z/manifest.json
  expect_refusal 13 "a line that doesn't belong there"
}
