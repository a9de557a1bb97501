#!/usr/bin/env bats
# What is a release, what is pushed under which name, and what is pulled.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154,SC2317 # bats runs each test in a subshell of its own, sets status and output; the parts read what tests set

load support

# An engine that has the images named in HERE (and in the file `pulled`), gets those named in THERE, and notes in the file `asked` what it was asked to get or give.
with_engine() {
  HERE=() THERE=()
  engine() {
    shift
    case "$1 $2" in
      'image ls') printf '%s\n' "${HERE[@]}" | cat - pulled | sed '/./s/$/ sha256:of-it/' ;;
      'image inspect') [[ " ${HERE[*]} " == *" ${*: -1} "* ]] && echo "${LABEL:-}" ;;
      'pull -q')
        echo "pull $3" >>asked
        [[ " ${THERE[*]} " == *" $3 "* ]] || { echo "Error response from daemon: manifest for $3 not found" >&2 && return 1; }
        echo "$3" >>pulled
        ;;
      push*)
        echo "push $2" >>asked
        [[ -z ${REFUSAL:-} ]] || { echo "$REFUSAL" >&2 && return 1; }
        echo 'latest: digest: sha256:0123abcd size: 1570'
        ;;
    esac
  }
  : >asked
  : >pulled
}

checkout() {
  TREE=$BATS_TEST_TMPDIR/tree
  mkdir -p "$TREE"
  echo one >"$TREE/file"
  load_parts "$TREE"
  git -C "$TREE" init -q
  git -C "$TREE" -c user.name=a -c user.email=a@example.com add .
  GIT_COMMITTER_DATE='2026-01-02T03:04:05Z' git -C "$TREE" -c user.name=a -c user.email=a@example.com commit -qm one
  HEAD=$(git -C "$TREE" rev-parse --short HEAD)
}

@test "a registry in the prefix and a revision as the tag make a release; either alone does not" {
  load_parts
  env_load_example
  run ! is_release
  FILE_VALUES=([IMAGE_TAG]=1a2b3c4)
  run ! is_release
  FILE_VALUES=([IMAGE_PREFIX]=registry.example.com/claude-)
  run ! is_release
  FILE_VALUES=([IMAGE_PREFIX]=registry.example.com/claude- [IMAGE_TAG]=latest)
  run ! is_release
  FILE_VALUES=([IMAGE_PREFIX]=registry.example.com/claude- [IMAGE_TAG]=1a2b3c4)
  is_release
}

@test "the registry is named as docker itself would read the prefix" {
  load_parts
  while read -r prefix registry; do
    FILE_VALUES=([IMAGE_PREFIX]=$prefix)
    [[ $(registry_name) == "$registry" ]] || { echo "$prefix: $(registry_name)" && return 1; }
  done <<'TEXT'
registry.example.com/claude- registry.example.com
127.0.0.1:5000/team/claude- 127.0.0.1:5000
localhost/claude- localhost
someone/claude- docker.io
TEXT
}

@test "a clean checkout is pushed under its revision and its time" {
  checkout
  find_release_name false
  [[ $REVISION == "$HEAD" && $REVISION_DATE == 2026-01-02T03:04:05Z && ${#FINDINGS[@]} == 0 ]]
}

@test "a changed or a new file refuses the push, unless it is told" {
  checkout
  for change in file new; do
    echo two >"$TREE/$change"
    FINDINGS=()
    find_release_name false
    [[ ${FINDINGS[0]} == *"differs from its revision $HEAD"* && ${FINDINGS[1]} == *"$change"* && ${FINDINGS[2]} == *--dirty* ]]
    FINDINGS=()
    find_release_name true
    [[ $REVISION == "$HEAD-dirty" && ${#FINDINGS[@]} == 0 ]]
    git -C "$TREE" checkout -q file
  done
}

@test "without history the environment has to tell the revision" {
  mkdir tree
  load_parts "$BATS_TEST_TMPDIR/tree"
  find_release_name false
  [[ ${FINDINGS[0]} == *"which revision"* && ${FINDINGS[2]} == *VCS_REF=* ]]
  FINDINGS=() VCS_REF=v1.2
  find_release_name false
  [[ $REVISION == v1.2 && ${#FINDINGS[@]} == 0 ]]
  for VCS_REF in 'a b' latest; do
    FINDINGS=()
    find_release_name false
    [[ ${FINDINGS[0]} == *"can't be an image's tag"* ]]
  done
}

@test "nothing is pushed to a prefix that names no registry" {
  load_parts
  FILE_VALUES=([IMAGE_PREFIX]=claude-)
  validate_push
  [[ ${FINDINGS[0]} == *"IMAGE_PREFIX=claude- names no registry"* && ${FINDINGS[2]} == *registry.example.com/claude-* ]]
}

@test "a release is all images under one tag, whatever this machine runs" {
  load_parts
  with_engine
  FILE_VALUES=([IMAGE_PREFIX]=r.example.com/c- [IMAGE_TAG]=1a2b3c4 [DEMO_MODE]=false [POSTGRES_IMAGE]=postgres:16-alpine)
  RELEASING=true
  run -0 push_release
  [[ $output == *'pushed in'*'sha256:0123abcd'* ]]
  [[ $(sort asked) == "$(printf 'push r.example.com/c-%s:1a2b3c4\n' base express frontend postgres standin strapi)" ]]
}

@test "a push that the registry refuses stops at once, with its words and the sign-in" {
  load_parts
  with_engine
  FILE_VALUES=([IMAGE_PREFIX]=r.example.com/c- [IMAGE_TAG]=1a2b3c4)
  RELEASING=true REFUSAL='denied: requested access to the resource is denied'
  run -1 push_release
  [[ $output == *"r.example.com/c-base:1a2b3c4 could not be pushed"*"$REFUSAL"*'docker login r.example.com'* ]]
  [[ $(<asked) == 'push r.example.com/c-base:1a2b3c4' ]]
}

@test "of a release only what is missing is pulled, and nothing is built" {
  load_parts
  with_engine
  FILE_VALUES=([IMAGE_PREFIX]=r.example.com/c- [IMAGE_TAG]=1a2b3c4 [DEMO_MODE]=false [POSTGRES_IMAGE]=r.example.com/c-postgres:1a2b3c4)
  HERE=(r.example.com/c-base:1a2b3c4 r.example.com/c-strapi:1a2b3c4 r.example.com/c-express:0000000)
  THERE=(r.example.com/c-express:1a2b3c4 r.example.com/c-frontend:1a2b3c4 r.example.com/c-postgres:1a2b3c4)
  run ! must_build
  provide_release
  [[ $(sort asked) == "$(printf 'pull r.example.com/c-%s:1a2b3c4\n' express frontend postgres)" ]]
  : >asked
  provide_release
  [[ ! -s asked ]]
}

@test "a release that the registry hasn't got is told with the registry's words" {
  load_parts
  with_engine
  FILE_VALUES=([IMAGE_PREFIX]=r.example.com/c- [IMAGE_TAG]=1a2b3c4 [DEMO_MODE]=false [POSTGRES_IMAGE]=postgres:16-alpine)
  HERE=(postgres:16-alpine)
  run -20 provide_release
  [[ $output == *"r.example.com/c-base:1a2b3c4 is not here and can't be pulled"*'manifest for r.example.com/c-base:1a2b3c4 not found'*'docker pull r.example.com/c-base:1a2b3c4'* ]]
}

@test "a release is not built by --build" {
  load_parts
  FILE_VALUES=([IMAGE_PREFIX]=r.example.com/c- [IMAGE_TAG]=1a2b3c4)
  validate_release
  ((${#FINDINGS[@]} == 0))
  FORCE_BUILD=true
  validate_release
  [[ ${FINDINGS[0]} == *'--build has nothing to build'* ]]
}

@test "images of another revision than the checkout's are told of, those of its own are not" {
  checkout
  with_engine
  FILE_VALUES=([IMAGE_PREFIX]=r.example.com/c- [IMAGE_TAG]=1a2b3c4)
  HERE=(r.example.com/c-express:1a2b3c4) LABEL=1a2b3c4
  run -0 warn_of_other_revision
  [[ $output == *"images are of revision 1a2b3c4"*"git -C $TREE checkout 1a2b3c4"* ]]
  LABEL=$HEAD
  run -0 warn_of_other_revision
  [[ -z $output ]]
}

@test "the official two are taken from a registry, or from the mirror that is named" {
  load_parts
  with_engine
  THERE=(debian:trixie-slim postgres:16-alpine)
  decide_input_images >/dev/null
  [[ ${PENDING_VALUES[DEBIAN_IMAGE]} == debian:trixie-slim && ${PENDING_VALUES[POSTGRES_IMAGE]} == postgres:16-alpine ]]
  PENDING_VALUES=() FILE_VALUES=([OFFICIAL_IMAGE_PREFIX]=mirror.example.com/library/)
  THERE=(mirror.example.com/library/debian:trixie-slim mirror.example.com/library/postgres:16-alpine)
  decide_input_images >/dev/null
  [[ ${PENDING_VALUES[DEBIAN_IMAGE]} == mirror.example.com/library/debian:trixie-slim ]]
  [[ ${PENDING_VALUES[POSTGRES_IMAGE]} == mirror.example.com/library/postgres:16-alpine ]]
}

@test "without a registry the two are ours, the second isn't asked for in vain, and why is told" {
  load_parts
  with_engine
  FILE_VALUES=([IMAGE_PREFIX]=claude- [IMAGE_TAG]=latest)
  decide_input_images >told
  [[ $(<told) == *'manifest for debian:trixie-slim not found'* ]]
  [[ ${PENDING_VALUES[DEBIAN_IMAGE]} == claude-debian:trixie && ${PENDING_VALUES[POSTGRES_IMAGE]} == claude-postgres:latest ]]
  [[ $(<asked) == 'pull debian:trixie-slim' ]]
}

@test "a release needs no base of its own, and brings a PostgreSQL where the official one can't be had" {
  load_parts
  with_engine
  FILE_VALUES=([IMAGE_PREFIX]=r.example.com/c- [IMAGE_TAG]=1a2b3c4)
  decide_input_images >/dev/null
  [[ -z ${PENDING_VALUES[DEBIAN_IMAGE]:-} && ${PENDING_VALUES[POSTGRES_IMAGE]} == r.example.com/c-postgres:1a2b3c4 ]]
  [[ $(image_origin debian) == *'r.example.com/c-*:1a2b3c4 (from a registry)' ]]
  [[ $(image_origin postgres) == *'(from a registry)' ]]
}

@test "push without an env file, and where nothing can be pushed, changes nothing" {
  without_engine
  run -10 stack push
  [[ $output == *"there is no stack here yet"* ]]
  run -2 stack push --all
  run -0 stack push --help
  [[ $output == *'<IMAGE_PREFIX><image>:<revision>'* ]]
}
