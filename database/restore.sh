#!/usr/bin/env bash
# Restores a backup set, by the name that the seed gives the command. Arguments and exit codes are those of `./stack restore`.
set -Eeuo pipefail
exec "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../stack" restore "$@"
