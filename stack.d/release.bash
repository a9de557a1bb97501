# shellcheck shell=bash
# Releases: images named after a revision, pushed to a registry by one machine and run as they are by others.

readonly RELEASE_SECONDS=1800 REVISION_LABEL=org.opencontainers.image.revision

# While this is true, images are built for others: all of them, whatever this machine itself runs.
RELEASING=false

# IMAGE_PREFIX names a registry, and IMAGE_TAG one of the revisions there: such images are pulled where they are missing, and never built here.
is_release() {
  prefix_names_registry && [[ $(setting IMAGE_TAG) != latest ]]
}

prefix_names_registry() {
  [[ $(setting IMAGE_PREFIX) == */* ]]
}

registry_name() {
  local first
  first=$(setting IMAGE_PREFIX)
  first=${first%%/*}
  if [[ $first == *[.:]* || $first == localhost ]]; then printf '%s' "$first"; else printf 'docker.io'; fi
}

validate_release() {
  is_release || return 0
  [[ $FORCE_BUILD == false ]] ||
    finding "--build has nothing to build" "IMAGE_TAG=$(setting IMAGE_TAG) is a release of $(setting IMAGE_PREFIX)*, which is pulled as it is" \
      "leave --build away, or set IMAGE_TAG=latest in $ENV_FILE to build from this checkout"
}

# provide_release: what of the release and of PostgreSQL is not here yet is pulled.
provide_release() {
  local image reference
  local -a missing=()
  read_local_images
  for image in $(needed_images); do
    reference=$(image_reference "$image")
    [[ -n ${LOCAL_ID[$reference]:-} ]] || missing+=("$reference")
  done
  postgres_is_ours || input_image_is_here POSTGRES_IMAGE || missing+=("$(setting POSTGRES_IMAGE)")
  for reference in "${missing[@]}"; do pull_of_release "$reference"; done
  ((${#missing[@]} == 0)) || read_local_images
  warn_of_other_revision
}

pull_of_release() { # REFERENCE
  local started=$EPOCHREALTIME
  say "Fetching $1"
  pull_image "$1" "$RELEASE_SECONDS" ||
    die "$EXIT_ENVIRONMENT" "the image $1 is not here and can't be pulled" "$PULL_ERROR" \
      "docker pull $1    (is IMAGE_TAG in $ENV_FILE a revision that was pushed? does $(registry_name) want a docker login?)"
  say "  here in $(seconds_since "$started") s"
}

# Files of the checkout are mounted into the containers, so it should be at the revision that the images were made from.
warn_of_other_revision() {
  local images checkout
  in_git && git -C "$ROOT" rev-parse -q --verify HEAD >/dev/null || return 0
  images=$(engine 30 image inspect --format "{{index .Config.Labels \"$REVISION_LABEL\"}}" "$(image_reference express)" 2>/dev/null) || return 0
  checkout=$(git -C "$ROOT" rev-parse HEAD)
  [[ $checkout == "${images%-dirty}"* ]] ||
    warn "the images are of revision $images, this checkout is at ${checkout:0:12}: its mounted files (nginx/, database/, docker/strapi/config/) may not fit them.
         git -C $ROOT checkout ${images%-dirty}"
}

# find_release_name DIRTY_ALLOWED(true|false): sets REVISION and REVISION_DATE, or reports a finding.
find_release_name() {
  local changes
  read_revision
  if [[ -z ${VCS_REF:-} ]] && in_git; then
    changes=$(git -C "$ROOT" status --porcelain --untracked-files=normal)
    if [[ -n $changes ]]; then
      REVISION=${REVISION%-dirty}-dirty
      [[ $1 == true ]] ||
        finding "this checkout differs from its revision ${REVISION%-dirty}" "$(head -n 5 <<<"$changes")" \
          "commit or stash it first, or say ./stack push --dirty to push it as $REVISION"
    fi
  fi
  if [[ $REVISION == unknown ]]; then
    finding "nothing tells which revision this is" "$ROOT has no git history" "VCS_REF=<revision> BUILD_DATE=<its time> ./stack push"
  elif ! [[ $REVISION =~ ^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$ && $REVISION != latest ]]; then
    finding "the revision $REVISION can't be an image's tag" "VCS_REF in your environment says so" "unset VCS_REF, or give it letters, digits, dots, - and _"
  fi
}

validate_push() {
  prefix_names_registry ||
    finding "IMAGE_PREFIX=$(setting IMAGE_PREFIX) names no registry" "images are pushed to <IMAGE_PREFIX><image>:<revision>" \
      "set IMAGE_PREFIX in $ENV_FILE, such as IMAGE_PREFIX=registry.example.com/claude-"
}

push_release() {
  local image reference output digest status started
  for image in $(needed_images); do
    reference=$(image_reference "$image") started=$EPOCHREALTIME status=0
    output=$(engine "$RELEASE_SECONDS" push "$reference" 2>&1) || status=$?
    ((status == 0)) ||
      die "$EXIT_FAILED" "$reference could not be pushed" "$(tail -n 1 <<<"$output")" "docker login $(registry_name)    (if it wants one), then ./stack push"
    digest=$(sed -n 's/.* digest: \(sha256:[0-9a-f]*\) .*/\1/p' <<<"$output")
    say "  $(printf '%-9s' "$image") pushed in $(seconds_since "$started") s  $digest"
  done
}
