#!/bin/bash
# Becomes the service. Arguments come before the jar: the training of the image build adds its own, and -XX:AOTMode=off goes without a cache.
set -Eeuo pipefail

# Half of the container's 1 GB is heap; the rest is what lies beside it: classes, code, threads, buffers.
# A process out of memory that lives on answers nobody, so it ends and is started again.
options=(
  -Xmx512m -Xss512k -XX:MaxMetaspaceSize=160m -XX:ReservedCodeCacheSize=96m
  -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError
)
# Two processors have to start it: the optimizing compiler waits for what is hot in earnest, four times its usual counts. Weld's own
# check of beans.xml against a schema tells nothing that the build didn't.
options+=(
  -XX:Tier4InvocationThreshold=20000 -XX:Tier4MinInvocationThreshold=2400 -XX:Tier4CompileThreshold=60000 -XX:Tier4BackEdgeThreshold=160000
  -Dorg.jboss.weld.xml.disableValidating=true
)
# At the address it was made for the cache stays a mapped file; moved elsewhere, each of its pages is patched and private.
options+=(-XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0)

cache=/app/service.aot
if [[ " $* " != *" -XX:AOTCacheOutput="* && " $* " != *" -XX:AOTMode=off "* ]]; then
  if [[ ! -s $cache ]]; then
    echo "Not started: $cache, which the image build makes, is missing. Next: ./stack prepare (to start without it: start -XX:AOTMode=off)" >&2
    exit 78
  fi
  # A cache of another jar, run-time or option ends the start: ignored, it would make each start slow, and nobody would know.
  options+=("-XX:AOTCache=$cache" -XX:AOTMode=on)
fi
exec /opt/java/bin/java "${options[@]}" "$@" -jar /app/service.jar
