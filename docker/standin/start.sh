#!/bin/bash
# Becomes the stand-in. Arguments come before the main class: the training of the image build adds its own.
set -Eeuo pipefail

options=(
  -Xmx64m -Xss512k -XX:MaxMetaspaceSize=48m -XX:ReservedCodeCacheSize=16m
  -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError
  "-Djava.util.logging.SimpleFormatter.format=%1\$tFT%1\$tT.%1\$tLZ %4\$s %5\$s%6\$s%n"
)
cache=/app/standin.aot
if [[ -f $cache ]]; then
  options+=("-XX:AOTCache=$cache")
fi
# In the order of their names: the cache holds for one order only.
jars=(/app/*.jar)
IFS=:
exec /opt/java/bin/java "${options[@]}" "$@" -cp "${jars[*]}" org.claudeagentui.acceptance.standin.Main
