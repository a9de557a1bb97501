#!/usr/bin/env bash
# Makes a minimal Debian trixie image from a Debian archive, for machines that reach no container registry. It is configured as the
# official slim image is: no documentation, no translations, no package files left behind, no service started by a package.
set -Eeuo pipefail
export LC_ALL=C

usage() {
  cat <<'TEXT'
debootstrap.sh --mirror URI [--security-mirror URI] --image NAME[:TAG] [--label KEY=VALUE] [--work FOLDER]

Needs root, debootstrap, docker, and the Debian archive's keys (debian-archive-keyring).
FOLDER (default: a temporary one) must allow device files and programs; it needs 400 MB while this runs.
TEXT
}

readonly SUITE=trixie KEYS=/usr/share/keyrings/debian-archive-keyring.gpg
mirror='' security_mirror='' image='' label='' work=''
while (($#)); do
  case $1 in
    --mirror) mirror=${2%/} && shift 2 ;;
    --security-mirror) security_mirror=${2%/} && shift 2 ;;
    --image) image=$2 && shift 2 ;;
    --label) label=$2 && shift 2 ;;
    --work) work=$2 && shift 2 ;;
    --help) usage && exit 0 ;;
    *) usage >&2 && exit 2 ;;
  esac
done
[[ -n $mirror && -n $image ]] || { usage >&2 && exit 2; }
[[ $EUID == 0 ]] || { echo "debootstrap.sh: only root can do this (it changes roots and makes device files)" >&2 && exit 1; }

folder=$(mktemp -d -p "${work:-${TMPDIR:-/var/tmp}}" debootstrap.XXXXXX)
trap 'rm -rf --one-file-system -- "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
root=$folder/root

include=()
[[ $mirror$security_mirror != *https:* ]] || include=(--include=ca-certificates)
# Every Debian suite of these years is set up by the script of `sid`; naming it spares an older debootstrap that hasn't heard of trixie.
debootstrap --variant=minbase --keyring="$KEYS" "${include[@]}" "$SUITE" "$root" "$mirror" \
  /usr/share/debootstrap/scripts/sid

sources() { # URI SUITE…
  printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n\n' "$1" "${*:2}" "$KEYS"
}
{
  sources "$mirror" "$SUITE" "$SUITE-updates"
  [[ -z $security_mirror ]] || sources "$security_mirror" "$SUITE-security"
} >"$root/etc/apt/sources.list.d/debian.sources"
rm -f -- "$root/etc/apt/sources.list"

printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 0755 "$root/usr/sbin/policy-rc.d"
cat >"$root/etc/dpkg/dpkg.cfg.d/slim" <<'CONF'
path-exclude /usr/share/doc/*
path-include /usr/share/doc/*/copyright
path-exclude /usr/share/man/*
path-exclude /usr/share/info/*
path-exclude /usr/share/locale/*
path-include /usr/share/locale/locale.alias
path-exclude /usr/share/lintian/*
CONF
cat >"$root/etc/apt/apt.conf.d/docker-clean" <<'CONF'
DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };
APT::Update::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
CONF
printf 'Acquire::Languages "none";\nAcquire::GzipIndexes "true";\nApt::AutoRemove::SuggestsImportant "false";\n' >"$root/etc/apt/apt.conf.d/docker-slim"

# Taken here, what has been mended since the release replaces the old files instead of lying on top of them in a layer of its own.
DEBIAN_FRONTEND=noninteractive chroot "$root" sh -ec 'apt-get -q update && apt-get -q -y --no-install-recommends upgrade'

find "$root/usr/share/doc" -mindepth 1 -type f ! -name copyright -delete
find "$root/usr/share/doc" -mindepth 1 \( -type l -o -type d -empty \) -delete
rm -rf -- "$root"/usr/share/{man,info,lintian}/* "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/var/log/* "$root"/etc/machine-id
find "$root/usr/share/locale" -mindepth 1 -maxdepth 1 ! -name locale.alias -exec rm -rf -- {} +
# update-alternatives, which the packages of Java run, fails where the folder of a manual page is missing.
mkdir -p "$root"/usr/share/man/man{1..8}
: >"$root/etc/machine-id"
rm -f -- "$root/etc/hostname" "$root/etc/resolv.conf"

tar --numeric-owner --one-file-system -C "$root" -c . | docker import --change 'CMD ["bash"]' ${label:+--change "LABEL $label"} - "$image"
