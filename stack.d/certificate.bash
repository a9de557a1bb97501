# shellcheck shell=bash
# A certificate of this machine's own, for HTTPS before there is one that browsers know.

# As long as a public one may be, and as scanners expect it; programs take one that somebody installed for longer.
readonly USUAL_CERTIFICATE_DAYS=398 MOST_CERTIFICATE_DAYS=825
# Those that are renewed by themselves have been long before.
readonly CERTIFICATE_NOTICE_DAYS=21

cmd_certificate() {
  local replace=false days=$USUAL_CERTIFICATE_DAYS folder operator frontend names='' name
  local -a hosts=()
  while (($#)); do
    case $1 in
      --replace) replace=true ;;
      --days)
        if ! [[ ${2:-} =~ ^[1-9][0-9]{0,2}$ ]] || (($2 > MOST_CERTIFICATE_DAYS)); then
          die_usage "--days needs a number from 1 to $MOST_CERTIFICATE_DAYS" certificate
        fi
        days=$2
        shift
        ;;
      -*) die_usage "certificate has no option $1" certificate ;;
      *)
        [[ $1 =~ ^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$ ]] || die_usage "$1 is no host's name and no IPv4 address" certificate
        hosts+=("$1")
        ;;
    esac
    shift
  done
  ((${#hosts[@]})) || hosts=(localhost 127.0.0.1)
  env_require
  engine_answers || die "$EXIT_ENVIRONMENT" "the engine does not answer" "$ENGINE_ERROR" "./stack up"
  folder=$(data_root)/ssl
  if [[ $replace == false && (-e $folder/fullchain.pem || -e $folder/privkey.pem) ]]; then
    die "$EXIT_FAILED" "nothing was made" "there is a certificate in $folder already" "./stack certificate --replace ${hosts[*]}"
  fi
  make_folders
  for name in "${hosts[@]}"; do
    if [[ $name =~ ^[0-9]{1,3}(\.[0-9]{1,3}){3}$ ]]; then names+=",IP:$name"; else names+=",DNS:$name"; fi
  done
  operator=$(stat -c %u -- "$ENV_FILE")
  make_certificate "$folder" "${hosts[0]}" "${names#,}" "$days" "$operator:10003" ||
    die "$EXIT_FAILED" "no certificate was made" "see the message above" "./stack prepare"
  say "Made: $folder/fullchain.pem, for ${hosts[*]}, good for $days days. Browsers warn of it, because nobody vouches for it."
  frontend=$(setting STACK_NAME)-frontend
  if [[ $(engine 20 inspect --format '{{.State.Running}}' "$frontend" 2>/dev/null) == true ]]; then
    engine 60 restart "$frontend" >/dev/null || die "$EXIT_FAILED" "the frontend was not restarted" "see the engine's message above" "docker restart $frontend"
    say "The frontend was restarted: https://${hosts[0]}:$(setting FRONTEND_HTTPS_PORT)"
  fi
}

# certificate_end: when the certificate that browsers are shown runs out, in seconds since 1970; nothing where none is. It is asked for as they
# do, because nginx goes on with an older one until it is restarted.
certificate_end() {
  local container rest end
  [[ -e $(data_root)/ssl/fullchain.pem ]] || return 0
  IFS='|' read -r container rest <<<"${STATUS[frontend]:-}"
  [[ $rest == running\|* ]] || return 0
  end=$(engine 20 exec "$container" bash -o pipefail -c \
    'openssl s_client -connect 127.0.0.1:443 </dev/null 2>/dev/null | openssl x509 -noout -enddate' 2>/dev/null) || return 0
  date -d "${end#notAfter=}" +%s 2>/dev/null || true
}

describe_certificate() {
  local end day days remedy
  remedy="put a new one into ssl/ and run docker restart $(setting STACK_NAME)-frontend, or ./stack certificate --replace with its names"
  end=$(certificate_end)
  [[ -n $end ]] || return 0
  day=$(date -u -d "@$end" +%F)
  days=$(((end - EPOCHSECONDS) / 86400))
  if ((end <= EPOCHSECONDS)); then
    printf 'HTTPS: the certificate RAN OUT on %s. Next: %s\n' "$day" "$remedy"
  elif ((days < CERTIFICATE_NOTICE_DAYS)); then
    printf 'HTTPS: the certificate runs out in %d days, on %s. Next: %s\n' "$days" "$day" "$remedy"
  else
    printf 'HTTPS: the certificate is good until %s\n' "$day"
  fi
}

# make_certificate FOLDER NAME ALL_NAMES DAYS OWNER. A pair of which one half is new is told by nginx, which then goes without.
make_certificate() {
  # shellcheck disable=SC2016
  engine 60 run --rm --network none --user 0:0 -v "$1:/ssl" --entrypoint /bin/bash "$(image_reference frontend)" -euc '
    cd /ssl
    trap "rm -f .privkey.pem .fullchain.pem" EXIT
    umask 077
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 -days "$3" -subj "/O=Claude Agent UI/CN=$1" \
      -addext "subjectAltName=$2" -addext "basicConstraints=critical,CA:FALSE" -addext "keyUsage=critical,digitalSignature" \
      -addext "extendedKeyUsage=serverAuth" -keyout .privkey.pem -out .fullchain.pem 2>/dev/null
    chown "$4" .privkey.pem .fullchain.pem
    chmod 0640 .privkey.pem
    chmod 0644 .fullchain.pem
    sync .privkey.pem .fullchain.pem
    mv -f .privkey.pem privkey.pem
    mv -f .fullchain.pem fullchain.pem
    ' bash "$2" "$3" "$4" "$5"
}
