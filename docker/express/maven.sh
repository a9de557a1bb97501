#!/bin/bash
# Runs Maven with what the build host trusts (the secret ca) and the operator's Maven settings (the secret maven), if given.
set -Eeuo pipefail

ca=/run/secrets/ca
settings=/run/secrets/maven
arguments=(-B -ntp -q)

if [[ -s $ca ]]; then
  store=$(mktemp -d)
  trap 'rm -rf -- "$store"' EXIT
  java /usr/local/share/pem-truststore/PemTrustStore.java "$ca" "$store/trust.p12"
  export MAVEN_OPTS="-Djavax.net.ssl.trustStore=$store/trust.p12 -Djavax.net.ssl.trustStorePassword=changeit"
fi
if [[ -s $settings ]]; then
  arguments+=(-s "$settings")
fi
mvn "${arguments[@]}" "$@"
