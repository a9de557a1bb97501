# shellcheck shell=bash
# The images: which ones there are, what goes into them, and whether that has changed since they were built.

readonly OFFICIAL_DEBIAN=debian:trixie-slim OFFICIAL_POSTGRES=postgres:16-alpine OWN_DEBIAN_IMAGE=claude-debian:trixie
readonly PULL_SECONDS=120 BUILD_LANES=2 INPUTS_LABEL=org.claudeagentui.inputs

# image | image it builds on (debian: DEBIAN_IMAGE) | paths that go in | env file variables that go in as build arguments
# <service>-dev is the target `development` of the service's Dockerfile: what the development overlay mounts doesn't go in.
readonly IMAGE_TABLE='
base         | debian | docker/base :!docker/base/debootstrap.sh |
postgres     | base   | docker/postgres |
strapi       | base   | docker/strapi docker/secrets/check-secrets .env.example | NODE_VERSION
express      | base   | pom.xml service/pom.xml service/src/main docker/express docker/secrets/check-secrets .env.example |
frontend     | base   | docker/frontend nginx service/src/main/resources/META-INF/openapi.yaml | NODE_VERSION VITE_STRAPI_URL VITE_EXPRESS_URL
standin      | base   | pom.xml acceptance-tests/src/main docker/standin |
strapi-dev   | base   | docker/strapi :!docker/strapi/src/* :!docker/strapi/config/* :!docker/strapi/test/* | NODE_VERSION
express-dev  | base   | pom.xml service/pom.xml docker/express |
frontend-dev | base   | docker/frontend/Dockerfile docker/frontend/package.json docker/frontend/package-lock.json docker/frontend/.npmrc | NODE_VERSION
'
declare -gA IMAGE_PARENT=() IMAGE_PATHS=() IMAGE_ARGUMENTS=()
IMAGE_ORDER=()

# What the engine has, by reference: LOCAL_ID and LOCAL_INPUTS (the label).
declare -gA LOCAL_ID=() LOCAL_INPUTS=()

read_image_table() {
  local image parent paths arguments
  while IFS='|' read -r image parent paths arguments; do
    image=${image// /}
    [[ -n $image ]] || continue
    IMAGE_ORDER+=("$image")
    IMAGE_PARENT[$image]=${parent// /} IMAGE_PATHS[$image]=$paths IMAGE_ARGUMENTS[$image]=$arguments
  done <<<"$IMAGE_TABLE"
}
read_image_table

image_reference() {
  if [[ $1 == debian ]]; then setting DEBIAN_IMAGE; else printf '%s%s:%s' "$(setting IMAGE_PREFIX)" "$1" "$(setting IMAGE_TAG)"; fi
}

# image_of_service SERVICE: the reference of the image that it runs, as things stand.
image_of_service() {
  case $1 in
    postgres | backup) setting POSTGRES_IMAGE ;;
    strapi | express | frontend) image_reference "$1$(! in_development || echo -dev)" ;;
    *) image_reference "$1" ;;
  esac
}

postgres_is_ours() {
  [[ $(setting POSTGRES_IMAGE) == "$(image_reference postgres)" ]]
}

# Images of ours that this stack needs, parents first.
needed_images() {
  local image
  for image in "${IMAGE_ORDER[@]}"; do
    if [[ $RELEASING == true ]]; then
      [[ $image == *-dev ]] || printf '%s\n' "$image"
      continue
    fi
    case $image in
      postgres) postgres_is_ours || continue ;;
      standin) [[ $(setting DEMO_MODE) == true ]] || continue ;;
      *-dev) in_development || continue ;;
      strapi | express | frontend) ! in_development || continue ;;
    esac
    printf '%s\n' "$image"
  done
}

read_local_images() {
  local list reference id inputs
  local -A ids=()
  LOCAL_ID=() LOCAL_INPUTS=()
  list=$(engine 30 image ls --no-trunc --format '{{.Repository}}:{{.Tag}} {{.ID}}')
  while read -r reference id; do
    [[ -z $id ]] || LOCAL_ID[$reference]=$id ids[$id]=1
  done <<<"$list"
  ((${#ids[@]})) || return 0
  # An image that is being replaced meanwhile makes this fail for itself alone.
  list=$(engine 30 image inspect --format "{{.Id}} {{index .Config.Labels \"$INPUTS_LABEL\"}}" "${!ids[@]}" 2>/dev/null) || true
  while read -r id inputs; do
    [[ -z $id ]] || LOCAL_INPUTS[$id]=$inputs
  done <<<"$list"
}

has_image() {
  engine 30 image inspect "$1" >/dev/null 2>&1
}

# pull_image REFERENCE [SECONDS]: on failure PULL_ERROR says why.
PULL_ERROR=''
pull_image() {
  local output seconds=${2:-$PULL_SECONDS} status=0
  PULL_ERROR=''
  output=$(engine "$seconds" pull -q "$1" 2>&1) || status=$?
  ((status != 0)) || return 0
  PULL_ERROR=$(tail -n 1 <<<"$output")
  if ((status == 124)); then PULL_ERROR="it was not here within $seconds s"; fi
  return 1
}

official_image() { # DEBIAN_IMAGE|POSTGRES_IMAGE
  printf '%s' "$(setting OFFICIAL_IMAGE_PREFIX)"
  if [[ $1 == DEBIAN_IMAGE ]]; then printf '%s' "$OFFICIAL_DEBIAN"; else printf '%s' "$OFFICIAL_POSTGRES"; fi
}

# The two inputs that differ between a machine with a container registry and one without: decided once, written to the env file.
decide_input_images() {
  is_release || decide_debian_image
  decide_postgres_image
}

REGISTRY_IN_REACH=true
decide_debian_image() {
  local official
  [[ -z $(setting DEBIAN_IMAGE) ]] || return 0
  official=$(official_image DEBIAN_IMAGE)
  say "Which base image? Looking for the official $official …"
  if has_image "$official" || pull_image "$official"; then
    PENDING_VALUES[DEBIAN_IMAGE]=$official
    say "  it is here: DEBIAN_IMAGE=$official"
  else
    REGISTRY_IN_REACH=false
    PENDING_VALUES[DEBIAN_IMAGE]=$OWN_DEBIAN_IMAGE
    say "  no container registry gives it ($PULL_ERROR)"
    say "  DEBIAN_IMAGE=$OWN_DEBIAN_IMAGE, made from this machine's Debian mirror"
  fi
}

decide_postgres_image() {
  local official
  [[ -z $(setting POSTGRES_IMAGE) ]] || return 0
  official=$(official_image POSTGRES_IMAGE)
  if has_image "$official" || { [[ $REGISTRY_IN_REACH == true ]] && pull_image "$official"; }; then
    PENDING_VALUES[POSTGRES_IMAGE]=$official
    say "  PostgreSQL is the official one: POSTGRES_IMAGE=$official"
  else
    PENDING_VALUES[POSTGRES_IMAGE]=$(image_reference postgres)
    say "  PostgreSQL is ours, from Debian's packages: POSTGRES_IMAGE=${PENDING_VALUES[POSTGRES_IMAGE]}"
  fi
}

input_image_is_here() { # DEBIAN_IMAGE|POSTGRES_IMAGE
  local reference id
  reference=$(setting "$1")
  if [[ $reference == "$OWN_DEBIAN_IMAGE" ]]; then
    id=${LOCAL_ID[$reference]:-}
    [[ -n $id && ${LOCAL_INPUTS[$id]:-} == "$(debian_inputs_hash)" ]]
  else
    [[ -n ${LOCAL_ID[$reference]:-} ]] || has_image "$reference"
  fi
}

# What the image that debootstrap makes depends on, besides the archive's state on the day.
debian_inputs_hash() {
  sha256sum <"$ROOT/docker/base/debootstrap.sh" | cut -c 1-64
}

# The inputs from elsewhere: pulled, or for the base made by debootstrap.
provide_input_images() {
  provide_input_image DEBIAN_IMAGE
  [[ $RELEASING == true ]] || postgres_is_ours || provide_input_image POSTGRES_IMAGE
}

provide_input_image() { # DEBIAN_IMAGE|POSTGRES_IMAGE
  local reference
  reference=$(setting "$1")
  if input_image_is_here "$1"; then return 0; fi
  if [[ $reference == "$OWN_DEBIAN_IMAGE" ]]; then
    make_debian_image
  else
    say "Fetching $reference"
    pull_image "$reference" ||
      die "$EXIT_ENVIRONMENT" "the image $reference ($1) is not here and can't be pulled" "$PULL_ERROR" "docker pull $reference"
  fi
}

make_debian_image() {
  local log work started=$EPOCHREALTIME
  log=$(stack_log debootstrap)
  [[ $EUID == 0 ]] ||
    die "$EXIT_ENVIRONMENT" "the base image has to be made with debootstrap, which only root can run" "no container registry gives $(official_image DEBIAN_IMAGE)" \
      "sudo $ROOT/stack --env-file $ENV_FILE prepare"
  is_debian ||
    die "$EXIT_ENVIRONMENT" "no base image can be had" "no container registry gives $(official_image DEBIAN_IMAGE), and this is no Debian that could make one" \
      "docker load an archive of $OFFICIAL_DEBIAN, or set DEBIAN_IMAGE in $ENV_FILE to a Debian trixie image that is here"
  command -v debootstrap >/dev/null || {
    say "debootstrap is missing: installing it."
    apt_install debootstrap
  }
  work=$(mktemp -d)
  find_debian_mirrors "$work" || {
    rm -rf -- "$work"
    die "$EXIT_ENVIRONMENT" "no base image can be made" "apt on this machine knows no Debian archive" "apt-get update"
  }
  rm -rf -- "$work"
  say "Making $OWN_DEBIAN_IMAGE with debootstrap (half a minute or so; log: $log)"
  local -a arguments=(--mirror "$DEBIAN_MIRROR" --image "$OWN_DEBIAN_IMAGE" --label "$INPUTS_LABEL=$(debian_inputs_hash)")
  [[ -z $DEBIAN_SECURITY_MIRROR ]] || arguments+=(--security-mirror "$DEBIAN_SECURITY_MIRROR")
  without_lock env DOCKER_CLI_HINTS=false "$ROOT/docker/base/debootstrap.sh" "${arguments[@]}" >"$log" 2>&1 </dev/null || {
    tail -n 30 -- "$log" >&2
    die "$EXIT_FAILED" "$OWN_DEBIAN_IMAGE could not be made" "debootstrap's last lines are above; all of them are in $log" "./stack prepare"
  }
  say "  made in $(seconds_since "$started") s"
}

in_git() {
  command -v git >/dev/null && [[ $(git -C "$ROOT" rev-parse --show-toplevel 2>/dev/null) == "$ROOT" ]]
}

# list_inputs PATH…: the files under them, one a line, relative to ROOT. What builds leave in the tree doesn't count.
list_inputs() {
  local path
  local -a paths=() except=()
  if in_git; then
    git -C "$ROOT" -c core.quotePath=off ls-files -co --exclude-standard -- "$@" | sort -u
    return
  fi
  for path in "$@"; do
    case $path in
      ':!'*) except+=(! -path "${path#:!}") ;;
      *) [[ ! -e $ROOT/$path ]] || paths+=("$path") ;;
    esac
  done
  ((${#paths[@]} == 0)) || (cd "$ROOT" && find "${paths[@]}" \( -name target -o -name node_modules -o -name dist -o -name generated \) -prune -o \( -type f -o -type l \) "${except[@]}" -print | sort -u)
}

# inputs_hash IMAGE PARENT_ID
inputs_hash() {
  local image=$1 parent=$2 file name list
  local -a paths files regular=() facts=("$parent")
  read -r -a paths <<<"${IMAGE_PATHS[$image]} .dockerignore"
  list=$(list_inputs "${paths[@]}")
  mapfile -t files <<<"$list"
  for file in "${files[@]}"; do
    if [[ -z $file ]]; then
      continue
    elif [[ -L $ROOT/$file ]]; then
      facts+=("link $file $(readlink -- "$ROOT/$file")")
    elif [[ -f $ROOT/$file ]]; then
      regular+=("$file")
      [[ ! -x $ROOT/$file ]] || facts+=("executable $file")
    fi
  done
  for name in ${IMAGE_ARGUMENTS[$image]}; do facts+=("$name=$(setting "$name")"); done
  for name in BUILD_DATE VCS_REF; do
    [[ -z ${!name:-} ]] || facts+=("$name=${!name}")
  done
  {
    printf '%s\n' "${facts[@]}"
    ((${#regular[@]} == 0)) || (cd "$ROOT" && sha256sum -- "${regular[@]}")
  } | sha256sum | cut -c 1-64
}

# image_is_current IMAGE: sets HASH; false where it has to be built.
HASH=''
image_is_current() {
  local image=$1 own parent
  own=${LOCAL_ID[$(image_reference "$image")]:-}
  parent=${LOCAL_ID[$(image_reference "${IMAGE_PARENT[$image]}")]:-}
  HASH=$(inputs_hash "$image" "$parent")
  [[ -n $own && -n $parent && ${LOCAL_INPUTS[$own]:-} == "$HASH" ]]
}

# images_stale: prints what has to be built as things stand; a stale parent makes its children stale.
images_stale() {
  local image
  local -A stale=()
  for image in $(needed_images); do
    if [[ -n ${stale[${IMAGE_PARENT[$image]}]:-} ]] || ! image_is_current "$image"; then
      stale[$image]=1
      printf '%s\n' "$image"
    fi
  done
}

# Images that this run has replaced: of no use to anybody once no name and no container has them.
REPLACED_IMAGES=()
drop_replaced_images() {
  local id
  for id in "${REPLACED_IMAGES[@]}"; do
    [[ $(engine 30 image inspect --format '{{len .RepoTags}}' "$id" 2>/dev/null) != 0 ]] || engine 60 image rm "$id" >/dev/null 2>&1 || true
  done
}

build_images() {
  local image images
  local -a stale=() rest=()
  read_local_images
  provide_input_images
  read_local_images
  if [[ $FORCE_BUILD == true ]]; then images=$(needed_images); else images=$(images_stale); fi
  [[ -n $images ]] || return 0
  mapfile -t stale <<<"$images"
  say "Building: ${stale[*]}"
  for image in "${stale[@]}"; do
    [[ -z ${LOCAL_ID[$(image_reference "$image")]:-} ]] || REPLACED_IMAGES+=("${LOCAL_ID[$(image_reference "$image")]}")
  done
  find_build_secrets
  read_revision
  for image in "${stale[@]}"; do
    if [[ $image == base ]]; then
      run_builds base
      read_local_images
    else
      rest+=("$image")
    fi
  done
  # A rebuilt base that came out the same (all from the build cache) leaves its children as they are.
  ((${#rest[@]} == 0)) || run_builds "${rest[@]}"
  read_local_images
}

# What the network steps of a build may need. BuildKit mounts each file in those steps alone, and takes none over 500 kB.
declare -gA BUILD_SECRETS=()
find_build_secrets() {
  local name file registry
  BUILD_SECRETS=([ca]=$(setting BUILD_CA_BUNDLE) [npmrc]=$(setting BUILD_NPMRC) [maven]=$(setting BUILD_MAVEN_SETTINGS))
  if [[ -z ${BUILD_SECRETS[ca]} ]]; then
    for file in "${SSL_CERT_FILE:-}" /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem; do
      [[ -z $file || ! -r $file ]] || { BUILD_SECRETS[ca]=$file && break; }
    done
  fi
  if [[ -z ${BUILD_SECRETS[npmrc]} ]] && command -v npm >/dev/null; then
    registry=$(cd / && timeout 20 npm config get registry 2>/dev/null) || registry=''
    if [[ -n $registry && $registry != undefined ]]; then
      BUILD_SECRETS[npmrc]=$(stack_state npmrc)
      printf 'registry=%s\n' "$registry" >"${BUILD_SECRETS[npmrc]}"
    fi
  fi
  file=${HOME:-/root}/.m2/settings.xml
  [[ -n ${BUILD_SECRETS[maven]} || ! -r $file ]] || BUILD_SECRETS[maven]=$file
  for name in "${!BUILD_SECRETS[@]}"; do
    file=${BUILD_SECRETS[$name]:=/dev/null}
    [[ -r $file ]] ||
      die "$EXIT_ENVIRONMENT" "the file $file, which builds are to use, can't be read" "$ENV_FILE names it" "correct it there (BUILD_CA_BUNDLE, BUILD_NPMRC, BUILD_MAVEN_SETTINGS)"
    (($(stat -L -c %s -- "$file") <= 500000)) ||
      die "$EXIT_ENVIRONMENT" "the file $file, which builds are to use, is larger than 500 kB" "the engine takes no larger one" \
        "name a smaller one in $ENV_FILE (BUILD_CA_BUNDLE, BUILD_NPMRC, BUILD_MAVEN_SETTINGS)"
  done
}

REVISION='' REVISION_DATE=''
read_revision() {
  REVISION=unknown REVISION_DATE=1970-01-01T00:00:00Z
  if in_git && git -C "$ROOT" rev-parse -q --verify HEAD >/dev/null; then
    REVISION=$(git -C "$ROOT" rev-parse --short HEAD)
    REVISION_DATE=$(TZ=UTC git -C "$ROOT" log -1 --date=format-local:%Y-%m-%dT%H:%M:%SZ --format=%cd)
    git -C "$ROOT" diff-index --quiet HEAD -- || REVISION+=-dirty
  fi
  REVISION=${VCS_REF:-$REVISION}
  REVISION_DATE=${BUILD_DATE:-$REVISION_DATE}
}

declare -gA BUILD_PROCESS=()

# run_builds IMAGE…: as many at once as there are lanes; the first failure stops the others.
run_builds() {
  local image
  local -a queue=("$@")
  local -A log=() started=() step=() step_since=() names=()
  local -i fd
  local -A fds=()
  while ((${#queue[@]} || ${#BUILD_PROCESS[@]})); do
    while ((${#queue[@]} && ${#BUILD_PROCESS[@]} < BUILD_LANES)); do
      image=${queue[0]} queue=("${queue[@]:1}")
      if image_is_current "$image" && [[ $FORCE_BUILD == false ]]; then continue; fi
      log[$image]=$(stack_log "build-$image") started[$image]=$EPOCHREALTIME
      start_build "$image" "$HASH" "${log[$image]}"
      exec {fd}<"${log[$image]}"
      fds[$image]=$fd step[$image]='' step_since[$image]=$SECONDS
    done
    ((${#BUILD_PROCESS[@]} == 0)) || sleep 0.5
    for image in "${!BUILD_PROCESS[@]}"; do
      show_build "$image"
      kill -0 "${BUILD_PROCESS[$image]}" 2>/dev/null && continue
      if wait "${BUILD_PROCESS[$image]}"; then
        unset "BUILD_PROCESS[$image]"
        fd=${fds[$image]}
        exec {fd}<&-
        unset "LINE_SO_FAR[$fd]"
        say "  $(printf '%-12s' "$image") built in $(seconds_since "${started[$image]}") s"
      else
        unset "BUILD_PROCESS[$image]"
        stop_builds
        printf '\n' >&2
        tail -n 30 -- "${log[$image]}" >&2
        die "$EXIT_FAILED" "the image $image could not be built" "its last lines are above; all of them are in ${log[$image]}" "./stack prepare"
      fi
    done
  done
}

start_build() { # IMAGE HASH LOG
  local image=$1 name target=production
  [[ $image != *-dev ]] || target=development
  local -a arguments=(
    buildx build --builder "$(engine 10 context show 2>/dev/null || echo default)" --progress=plain --provenance=false --load
    --file "$ROOT/docker/${image%-dev}/Dockerfile" --target "$target" --tag "$(image_reference "$image")"
    --build-arg "BUILD_DATE=$REVISION_DATE" --build-arg "VCS_REF=$REVISION" --build-arg "INPUTS_HASH=$2"
  )
  if [[ $image == base ]]; then
    arguments+=(--build-arg "DEBIAN_IMAGE=$(setting DEBIAN_IMAGE)")
  else
    arguments+=(--build-arg "BASE_IMAGE=$(image_reference base)")
  fi
  for name in ${IMAGE_ARGUMENTS[$image]}; do arguments+=(--build-arg "$name=$(setting "$name")"); done
  for name in ca npmrc maven; do arguments+=(--secret "id=$name,src=${BUILD_SECRETS[$name]}"); done
  : >"$3"
  (
    exec {LOCK_FD}>&-
    exec "${DIE_WITH_US[@]}" env -i "${CLEAN_ENVIRONMENT[@]}" docker "${arguments[@]}" "$ROOT" >>"$3" 2>&1 </dev/null
  ) &
  BUILD_PROCESS[$image]=$!
}

step_text() { # without what says nothing to a reader
  local text=${1//--mount=+([^ ]) /}
  printf '%s' "${text//+( )/ }"
}

# show_build IMAGE: what is new in its log, a line for each step that took a second or more, and a sign of life for a long one.
show_build() {
  local image=$1 text
  while next_line "${fds[$image]}" 1; do
    if [[ $LINE =~ ^#([0-9]+)\ (\[[^]]+\]\ .*)$ && ${BASH_REMATCH[2]} != '[internal]'* ]]; then
      step[$image]=${BASH_REMATCH[2]} names[$image.${BASH_REMATCH[1]}]=${BASH_REMATCH[2]} step_since[$image]=$SECONDS
    elif [[ $LINE =~ ^#([0-9]+)\ DONE\ ([0-9]+)\.([0-9])s$ && -n ${names[$image.${BASH_REMATCH[1]}]:-} ]] && ((BASH_REMATCH[2] >= 1)); then
      text=${names[$image.${BASH_REMATCH[1]}]}
      printf '  %-12s %4d.%d s  %.110s\n' "$image" "${BASH_REMATCH[2]}" "${BASH_REMATCH[3]}" "$(step_text "$text")"
    fi
  done
  if ((SECONDS - step_since[$image] >= 20)); then
    step_since[$image]=$SECONDS
    text=${step[$image]}
    printf '  %-12s … still at  %.100s  (%s s in all)\n' "$image" "$(step_text "$text")" "$(seconds_since "${started[$image]}")"
  fi
}

stop_builds() {
  local image
  for image in "${!BUILD_PROCESS[@]}"; do
    kill -TERM "${BUILD_PROCESS[$image]}" 2>/dev/null || true
  done
  BUILD_PROCESS=()
}
