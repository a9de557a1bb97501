#!/bin/bash
# Becomes the service. Arguments come before the jar: the training of the image build adds its own.
set -Eeuo pipefail

# Half of the container's 1 GB is heap; the rest is what lies beside it: classes, code, threads, buffers.
# A process out of memory that lives on answers nobody, so it ends and is started again.
options=(
  -Xmx512m -Xss512k -XX:MaxMetaspaceSize=160m -XX:ReservedCodeCacheSize=96m
  -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError
)
cache=/app/service.aot
if [[ -f $cache ]]; then
  options+=("-XX:AOTCache=$cache")
fi
exec /opt/java/bin/java "${options[@]}" "$@" -jar /app/service.jar
