#!/usr/bin/env bats
# When an image is built anew: when what goes into it has changed, and only then.
# shellcheck disable=SC2030,SC2031,SC2154 # bats runs each test in a subshell of its own, and sets status and output

load support

tree() {
  TREE=$BATS_TEST_TMPDIR/tree
  mkdir -p "$TREE/docker/strapi/src" "$TREE/docker/express"
  echo 'FROM x' >"$TREE/docker/strapi/Dockerfile"
  echo one >"$TREE/docker/strapi/src/a.js"
  echo two >"$TREE/docker/express/Dockerfile"
  load_parts "$TREE"
  EXAMPLE_VALUES=([NODE_VERSION]=20)
}

changes_hash() {
  local before
  before=$(inputs_hash strapi parent)
  "$@"
  [[ $(inputs_hash strapi parent) != "$before" ]]
}

@test "content, names, modes, links and new files count" {
  tree
  changes_hash sh -c "echo more >>$TREE/docker/strapi/src/a.js"
  changes_hash mv "$TREE/docker/strapi/src/a.js" "$TREE/docker/strapi/src/b.js"
  changes_hash chmod +x "$TREE/docker/strapi/src/b.js"
  changes_hash touch "$TREE/docker/strapi/src/empty.js"
  changes_hash ln -s b.js "$TREE/docker/strapi/src/link.js"
  changes_hash ln -sfn empty.js "$TREE/docker/strapi/src/link.js"
  changes_hash touch "$TREE/.dockerignore"
}

@test "other images' files, build leftovers and times don't count" {
  tree
  run ! changes_hash sh -c "echo more >>$TREE/docker/express/Dockerfile"
  mkdir -p "$TREE/docker/strapi/node_modules/x" "$TREE/docker/strapi/dist"
  run ! changes_hash touch "$TREE/docker/strapi/node_modules/x/y.js" "$TREE/docker/strapi/dist/z.js"
  run ! changes_hash touch -d 2001-01-01 "$TREE/docker/strapi/src/a.js"
}

@test "the parent, build arguments and an explicit revision count" {
  tree
  [[ $(inputs_hash strapi one) != $(inputs_hash strapi two) ]]
  before=$(inputs_hash strapi parent)
  FILE_VALUES=([NODE_VERSION]=22)
  [[ $(inputs_hash strapi parent) != "$before" ]]
  FILE_VALUES=() VCS_REF=abc
  [[ $(inputs_hash strapi parent) != "$before" ]]
}

@test "a git work tree and a bare folder of the same files have the same hash" {
  tree
  before=$(inputs_hash strapi parent)
  git -C "$TREE" init -q
  [[ $(inputs_hash strapi parent) == "$before" ]]
  git -C "$TREE" add .
  [[ $(inputs_hash strapi parent) == "$before" ]]
  rm "$TREE/docker/strapi/src/a.js"
  [[ $(inputs_hash strapi parent) != "$before" ]]
}

@test "a stale parent makes its children stale" {
  tree
  FILE_VALUES=([DEBIAN_IMAGE]=debian:x [POSTGRES_IMAGE]=postgres:16-alpine [IMAGE_PREFIX]=p- [IMAGE_TAG]=t [DEMO_MODE]=false)
  LOCAL_ID=([debian:x]=d [p-base:t]=b [p-strapi:t]=s [p-express:t]=e [p-frontend:t]=f)
  LOCAL_INPUTS=([b]=$(inputs_hash base d) [s]=$(inputs_hash strapi b) [e]=$(inputs_hash express b) [f]=$(inputs_hash frontend b))
  [[ -z $(images_stale) ]]
  echo more >>"$TREE/docker/express/Dockerfile"
  [[ $(images_stale) == express ]]
  LOCAL_INPUTS[b]=other
  [[ $(images_stale) == $'base\nstrapi\nexpress\nfrontend' ]]
}

@test "all that the Dockerfiles copy is among the inputs" {
  load_parts
  for image in "${IMAGE_ORDER[@]}"; do
    file=$ROOT/docker/$image/Dockerfile
    [[ -e $file ]] || continue
    while read -r -a words; do
      for source in "${words[@]:0:${#words[@]}-1}"; do
        covered=false
        for path in ${IMAGE_PATHS[$image]}; do
          [[ $source/ != "${path%/}"/* ]] || covered=true
        done
        [[ $covered == true ]] || { echo "$image copies $source, which IMAGE_TABLE lacks" && return 1; }
      done
    done < <(grep -E '^COPY ' "$file" | grep -v -- --from= | sed -E 's/^COPY +//; s/--[a-z]+=[^ ]+ +//g')
  done
}

@test "a base made by another recipe is not taken for ours, whatever its name" {
  tree
  mkdir -p "$TREE/docker/base"
  echo one >"$TREE/docker/base/debootstrap.sh"
  FILE_VALUES=([DEBIAN_IMAGE]=$OWN_DEBIAN_IMAGE)
  LOCAL_ID["$OWN_DEBIAN_IMAGE"]=id
  run ! input_image_is_here DEBIAN_IMAGE
  LOCAL_INPUTS=([id]=$(debian_inputs_hash))
  input_image_is_here DEBIAN_IMAGE
  echo two >"$TREE/docker/base/debootstrap.sh"
  run ! input_image_is_here DEBIAN_IMAGE
}
