# shellcheck shell=bash
# Each test gets a folder of its own, and a PATH on which the engine is whatever the test says.

bats_require_minimum_version 1.5.0
ROOT=$(cd -- "$BATS_TEST_DIRNAME/../.." && pwd -P)

setup() {
  cd "$BATS_TEST_TMPDIR" || return 1
  ENV_FILE=$BATS_TEST_TMPDIR/env
  unset ANTHROPIC_API_KEY BUILD_DATE VCS_REF STACK_ENV_FILE DOCKER_HOST DOCKER_CONTEXT
}

# load_parts [FOLDER]: as `stack` does, of the tree in FOLDER where one is given.
load_parts() {
  local part parts=$ROOT/stack.d
  ROOT=${1:-$ROOT}
  for part in "$parts"/*.bash; do
    # shellcheck source=/dev/null
    source "$part"
  done
  shopt -s extglob
  ENV_FILE=$BATS_TEST_TMPDIR/env
}

# A PATH that has everything but an engine and apt; `fake NAME` adds a program whose text is read from standard input.
without_engine() {
  local folder file
  mkdir -p bin
  for folder in /usr/sbin /usr/bin; do
    for file in "$folder"/*; do
      case ${file##*/} in
        docker* | containerd* | apt-get | apt-cache) ;;
        *) ln -sf "$file" "bin/${file##*/}" ;;
      esac
    done
  done
}

fake() {
  rm -f "bin/$1"
  cat >"bin/$1"
  chmod +x "bin/$1"
}

stack() {
  env -i PATH="$BATS_TEST_TMPDIR/bin" HOME="$BATS_TEST_TMPDIR" "$ROOT/stack" --env-file "$BATS_TEST_TMPDIR/env" "$@"
}

# On a machine of its own, as far as processes, /run and logs go: no engine that really runs here is seen, or touched.
stack_alone() {
  # shellcheck disable=SC2016
  unshare --pid --fork --mount-proc sh -ec 'mount -t tmpfs none /run; mount -t tmpfs none /var/log; exec "$@"' - \
    env -i PATH="$BATS_TEST_TMPDIR/bin" HOME="$BATS_TEST_TMPDIR" "$ROOT/stack" --env-file "$BATS_TEST_TMPDIR/env" "$@"
}
