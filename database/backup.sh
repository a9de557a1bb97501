#!/usr/bin/env bash
# Makes a backup set, by the name that the seed gives the command. Options and exit codes are those of `./stack backup`.
set -Eeuo pipefail
exec "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../stack" backup "$@"
