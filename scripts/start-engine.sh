#!/usr/bin/env bash
# start-engine.sh PIDFILE [LOGFOLDER]
# Starts a Docker engine if none answers, and returns when it does. PIDFILE is written only if this started one: it
# names what the caller may stop. The engine outlives the caller's terminal.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin
pidfile=${1:?usage: $0 PIDFILE [LOGFOLDER]}

# Only the server's version proves an engine: the client answers alone, and a socket may have nobody behind it.
answers() { timeout 10 docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

if answers; then exit 0; fi
if [ -n "${DOCKER_HOST:-}" ]; then
  echo "The Docker engine that DOCKER_HOST names, $DOCKER_HOST, does not answer; not starting another." >&2
  exit 1
fi
if [ "$(id -u)" != 0 ]; then
  echo "No Docker engine answers. To start one, run as root: $0 $*" >&2
  exit 1
fi

log=${2:-$(mktemp -d)}/dockerd.log
mkdir -p "$(dirname "$log")"
# The inner shell becomes dockerd, so its pid is right whether or not setsid had to fork.
# shellcheck disable=SC2016 # the inner shell expands these
setsid bash -c 'echo $$ >"$1"; exec dockerd' dockerd "$pidfile" >"$log" 2>&1 </dev/null &

deadline=$((SECONDS + 60))
until answers; do
  pid=$(cat "$pidfile" 2>/dev/null || true)
  if [ "$SECONDS" -ge "$deadline" ] || { [ -n "$pid" ] && ! kill -0 "$pid" 2>/dev/null; }; then
    [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
    rm -f "$pidfile"
    echo "The Docker engine did not start. The end of $log:" >&2
    tail -n 20 "$log" >&2
    exit 1
  fi
  sleep 0.2
done
echo "Started a Docker engine, pid $(cat "$pidfile"), log $log"
