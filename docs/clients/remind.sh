#!/bin/sh
# Sends one text message by burstd and waits for what becomes of it. curl and jq.
#
#   remind.sh NUMBER TEXT CLIENT_REF       BURSTD_SOCKET: the gateway's socket, or BURSTD_URL: where its tunnel ends
#
# Exit status: 0 Sent Successfully, 1 Send Failed, 2 refused, 3 not handed over, 4 handed over, and no end of it yet.
set -eu
if [ $# -ne 3 ]; then
  sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
number=$1 text=$2 client_ref=$3
gateway=${BURSTD_URL:-${BURSTD_SOCKET:-/run/burstd/burstd.sock}}
url=${BURSTD_URL:-http://localhost}
patience=${BURSTD_PATIENCE:-3600} # seconds for the end of the message; the shell counts whole ones
case $patience in *.*) patience=$((${patience%%.*} + 1)) ;; esac
tries=3                           # of handing over

# ask METHOD PATH [BODY]: leaves $status and $answer; fails where there was no answer, or one that says: not now.
ask() {
  set -- "$@" ""
  method=$1 path=$2 body=$3
  set -- --silent --max-time 10 --write-out '\n%{http_code}' --request "$method"
  [ -n "${BURSTD_URL:-}" ] || set -- "$@" --unix-socket "$gateway"
  [ -z "$body" ] || set -- "$@" --header 'Content-Type: application/json' --data-raw "$body"
  whole=$(curl "$@" "$url$path") || { echo "no answer from $gateway (curl: $?)" >&2; return 1; }
  status=${whole##*
}
  answer=${whole%
*}
  [ "$status" -lt 400 ] || ! say '.retryable' | grep -q true || { say '.detail' >&2; return 1; }
}

say() { printf '%s' "$answer" | jq -r "$1"; }

# The same request with the same client_ref until there is an answer: it is taken once however often it comes.
hand_over() {
  for try in $(seq "$tries"); do
    ask "$@" && return
    echo "the gateway is away" >&2
    [ "$try" -eq "$tries" ] || sleep 1
  done
  echo "not handed over"
  exit 3
}

refuse_unless() { # STATUS…: those that are fine
  for fine in "$@"; do
    [ "$status" -ne "$fine" ] || return 0
  done
  say '"refused: \(.detail)", (.errors[] | "  \(.pointer): \(.detail)")'
  exit 2
}

hand_over POST /v1/messages/check "$(jq -n --arg to "$number" --arg text "$text" '{$to, $text}')"
refuse_unless 200
say '"check: \(.verdict), \(.segments) segments"'
hand_over POST /v1/messages "$(jq -n --arg client_ref "$client_ref" --arg to "$number" --arg text "$text" \
  '{$client_ref, $to, $text}')"
refuse_unless 200 201
if [ "$status" -eq 200 ]; then echo "handed over before"; else echo "handed over"; fi

# Until it is Pending no longer. A gateway that is away now has the message all the same.
id=$(say .id) shown= end=$(($(date +%s) + patience))
while [ "$(say .status)" = Pending ] && [ "$(date +%s)" -lt "$end" ]; do
  state=$(say .state)
  [ "$state" = "$shown" ] || echo "Pending ($state)"
  shown=$state
  sleep 0.5
  kept=$answer
  if ask GET "/v1/clinical-items/$id"; then
    refuse_unless 200
  else
    echo "the gateway is away" >&2
    answer=$kept
  fi
done
say '.status + if .error then ": \(.error)" else "" end'
case $(say .status) in
  "Sent Successfully") exit 0 ;;
  "Send Failed") exit 1 ;;
  *) exit 4 ;;
esac
