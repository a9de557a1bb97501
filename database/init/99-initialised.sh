#!/usr/bin/env bash
# The last init script: from here on database/guard.sh knows that the first start went through to its end.
set -Eeuo pipefail

touch "$(dirname -- "$PGDATA")/initialised"
sync
