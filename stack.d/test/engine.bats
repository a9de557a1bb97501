#!/usr/bin/env bats
# The machine: what is found missing, what is said, what is done about it. The engine and apt are played by small programs.
# shellcheck disable=SC2030,SC2031,SC2154 # bats runs each test in a subshell of its own, and sets status and output

load support

# A docker command whose engine answers once $BATS_TEST_TMPDIR/engine-on exists, and then knows neither volumes nor images.
docker_program() {
  cat <<EOT
#!/bin/bash
case "\$1 \$2" in
  "compose version") echo 2.26.1-4; exit ;;
esac
if [[ ! -e $BATS_TEST_TMPDIR/engine-on ]]; then
  echo "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?" >&2
  exit 1
fi
case \$1 in
  info) cat $BATS_TEST_TMPDIR/engine-on ;;
esac
EOT
}

engine_on() { # CPUS MEMORY
  printf '26.1.5|%s|%s|%s\n' "$1" "$2" "$BATS_TEST_TMPDIR/engine-root" >engine-on
}

with_plugins() {
  mkdir -p .docker/cli-plugins
  printf '#!/bin/sh\n' | tee .docker/cli-plugins/docker-buildx >.docker/cli-plugins/docker-compose
  chmod +x .docker/cli-plugins/*
}

@test "no engine, and nothing may be installed: says so, does nothing" {
  without_engine
  fake apt-get <<<'#!/bin/false'
  run stack up --no-install
  [[ $status == 20 && $output == *"there is no engine"*"without --no-install"* ]]
  [[ ! -e env ]]
}

@test "no engine, root on Debian: installs it, starts it, and looks again" {
  ((EUID == 0)) || skip "only root installs"
  without_engine
  with_plugins
  docker_program >docker-program
  fake apt-get <<EOT
#!/bin/bash
echo "\$*" >>$BATS_TEST_TMPDIR/apt-log
if [[ " \$* " == *" install "* ]]; then
  install -m 755 $BATS_TEST_TMPDIR/docker-program $BATS_TEST_TMPDIR/bin/docker
  printf '#!/bin/bash\necho "26.1.5|1|1073741824|/none" >$BATS_TEST_TMPDIR/engine-on\nsleep 1\n' >$BATS_TEST_TMPDIR/bin/dockerd
  chmod 755 $BATS_TEST_TMPDIR/bin/dockerd
fi
EOT
  run stack_alone up
  [[ $output == *"installing Debian's docker.io"* && $output == *"The engine answers: version 26.1.5"* ]]
  grep -q -- 'install -y --no-install-recommends docker.io iptables' apt-log
  # The engine that came up tells of a machine too small, which is then refused.
  [[ $status == 20 && $output == *"needs 2 processors"* ]]
}

@test "an engine that ends right after its start is noticed, and its words are shown" {
  ((EUID == 0)) || skip "only root starts engines"
  without_engine
  docker_program | fake docker
  fake dockerd <<<$'#!/bin/bash\necho failed to start daemon: no iptables\nexit 1'
  run stack_alone up
  [[ $status == 20 && $output == *"ended as soon as it was started"*"no iptables"* ]]
}

@test "an engine that runs but does not answer yet is waited for; no second one is started" {
  ((EUID == 0)) || skip "only root starts engines"
  without_engine
  with_plugins
  docker_program | fake docker
  cp -L "$(command -v sleep)" bin/dockerd
  fake up_beside_an_engine <<EOT
#!/bin/bash
$PWD/bin/dockerd 30 &
(sleep 1; echo "26.1.5|1|1073741824|/none" >$BATS_TEST_TMPDIR/engine-on) &
exec $ROOT/stack --env-file $BATS_TEST_TMPDIR/env up
EOT
  run unshare --pid --fork --mount-proc env -i PATH="$PWD/bin" HOME="$PWD" up_beside_an_engine
  [[ $status == 20 && $output == *"does not answer yet: waiting for it."*"The engine answers"* ]]
}

@test "an engine elsewhere that does not answer is left alone" {
  without_engine
  docker_program | fake docker
  fake dockerd <<<$'#!/bin/bash\ntouch started'
  run env -i PATH="$PWD/bin" HOME="$PWD" DOCKER_HOST=tcp://127.0.0.1:1 "$ROOT/stack" --env-file "$PWD/env" up
  [[ $status == 20 && $output == *"tcp://127.0.0.1:1 does not answer"* && ! -e started ]]
}

@test "everything that is wrong is told at once" {
  without_engine
  with_plugins
  docker_program | fake docker
  engine_on 1 1073741824
  printf 'STRAPI_PORT=99999\nDEMO_MODE=true\nANTHROPIC_API_KEY=sk-ant-0a9s8d7f6g5h4j3k2l1\n' >"$ENV_FILE"
  run stack up
  [[ $status == 20 ]]
  for what in "needs 2 processors" "needs 2 GB" "STRAPI_PORT=99999" "DEMO_MODE=true, but"; do [[ $output == *"$what"* ]]; done
  [[ $output == *"Nothing was started."* ]]
  run ! grep -q POSTGRES_PASSWORD env
}

@test "Compose and buildx that are missing, or too old, are found out" {
  without_engine
  docker_program | sed 's/2.26.1-4/2.17.3/' | fake docker
  engine_on 4 8589934592
  run stack up --no-install
  [[ $status == 20 && $output == *"lacks docker-compose docker-buildx"* ]]
}

@test "a taken port is named with its owner, before anything starts" {
  command -v perl >/dev/null || skip "no program here to listen with"
  without_engine
  with_plugins
  docker_program | fake docker
  engine_on 4 8589934592
  perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(LocalAddr => "127.0.0.1", Listen => 1) or die; open F, ">", "port"; print F $s->sockport; close F; sleep 30' 3>&- &
  listener=$!
  until [[ -s port ]]; do sleep 0.05; done
  printf 'EXPRESS_PORT=%s\n' "$(<port)" >"$ENV_FILE"
  run stack up
  kill "$listener"
  [[ $status == 20 && $output == *"port $(<port) (EXPRESS_PORT) is taken"*"perl (process $listener)"* ]]
}

@test "pid files of a killed engine are forgotten, those of a living one kept" {
  load_parts
  sleep 30 3>&- &
  other=$!
  echo "$other" >stale.pid
  echo "$other" >alive.pid
  eval "$(declare -f engine_forget_killed | sed "s|/var/run/docker.pid:dockerd|$PWD/stale.pid:dockerd|; s|/var/run/docker/containerd/containerd.pid:containerd|$PWD/alive.pid:sleep|")"
  engine_forget_killed
  kill "$other"
  [[ ! -e stale.pid && -e alive.pid ]]
}

@test "a line that comes in pieces is read whole" {
  load_parts
  mkfifo pieces
  (printf 'ex' && sleep 0.5 && printf 'press\nfrontend\n' && sleep 0.5) >pieces &
  exec {fd}<pieces
  seen=''
  for _ in {1..40}; do
    if next_line "$fd" 0.1; then seen+="$LINE "; fi
  done
  [[ $seen == "express frontend " ]]
}

@test "versions are compared as versions" {
  load_parts
  version_at_least 2.26.1-4 2.20
  version_at_least v2.20.0 2.20
  run ! version_at_least 2.9.9 2.20
  run ! version_at_least 1.29.2-3 2.20
}

@test "one command at a time: the second says who is at work" {
  without_engine
  docker_program | fake docker
  exec {held}<>env.lock
  flock "$held"
  echo 'process 4711: stack up, since 01:02:03' >env.lock
  run stack down
  [[ $status == 11 && $output == *"process 4711: stack up"* ]]
  exec {held}>&-
}

@test "the command line: unknown commands and options are usage errors; help is always there" {
  without_engine
  run stack frobnicate
  [[ $status == 2 ]]
  run stack up --frobnicate
  [[ $status == 2 && $output == *"./stack up --help"* ]]
  for command in up down status logs prepare; do
    run stack "$command" --help
    [[ $status == 0 && $output == "Usage: ./stack $command"* ]]
  done
  run stack status
  [[ $status == 10 && $output == *"./stack up"* ]]
}
