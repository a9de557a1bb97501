#!/bin/bash
# Links a Java run-time of the modules that the service needs. Usage: run-time.sh DIRECTORY
set -Eeuo pipefail

modules=(
  java.base java.desktop java.instrument java.logging java.management java.naming java.net.http java.rmi java.security.jgss
  java.sql java.transaction.xa java.xml jdk.crypto.ec jdk.management jdk.naming.dns jdk.unsupported
)
IFS=,
jlink --add-modules "${modules[*]}" --compress=zip-9 --strip-debug --no-header-files --no-man-pages --output "$1"
# Debian's libraries keep the symbols of what they don't export: 5 MB, which only a debugger reads.
find "$1/lib" -name '*.so' -exec strip --strip-unneeded {} +
