#!/usr/bin/env bash
# verify-all.sh [MAVEN ARGUMENT...]
# Builds everything and passes all tests, none skipped, on a fresh Debian: installs what is missing, starts a Docker
# engine if none runs, makes images and disks, and leaves nothing behind but the packages, the images and their cache.
set -euo pipefail
exec </dev/null # nothing here may wait for an answer
here=$(cd "$(dirname "$0")" && pwd)
label=io.github.dataspaces.home
work=$(mktemp -d)
chmod 755 "$work" # tests of other users reach the disks in it
steps=()

step() { # name command...
  local began=$SECONDS status=0
  echo "== $1"
  "${@:2}" || status=$?
  steps+=("$(printf '%5d s  %s' $((SECONDS - began)) "$1")")
  return "$status"
}

owned() { # one line for each thing in the engine that dataspaces made
  {
    docker container ls --all --filter "label=$label" --format 'container {{.Names}}'
    docker network ls --filter "label=$label" --format 'network {{.Name}}'
    docker volume ls --filter "label=$label" --format 'volume {{.Name}}'
  } | sort
}

# Tests clean up after themselves: whatever they leave is a fault, and the next run's burden. What was there before
# the run is somebody's database.
remove_leftovers() {
  local leftovers kind name
  leftovers=$(owned | comm -13 "$work/before" -)
  [ -n "$leftovers" ] || return 0
  echo "The tests left behind:"
  while read -r kind name; do
    echo "  $kind $name"
    case $kind in
      container) docker container rm --force --volumes "$name" ;;
      *) docker "$kind" rm "$name" ;;
    esac >/dev/null
  done <<<"$leftovers"
  # a home that is thrown away whole leaves its empty network, which prune would have removed
  ! grep -qv '^network ' <<<"$leftovers"
}

stop_engine() {
  local pid
  pid=$(cat "$work/dockerd.pid")
  kill "$pid"
  timeout 60 tail --pid="$pid" -f /dev/null
}

clean_up() {
  local status=$?
  trap '' INT TERM HUP # a second Ctrl-C must not leave disks mounted
  set +e
  if [ -e "$work/before" ]; then
    step "leftovers of the tests" remove_leftovers || [ "$status" != 0 ] || status=1
  fi
  step "disks down" "$here/test-disks.sh" down "$work/disks"
  [ ! -e "$work/dockerd.pid" ] || step "engine stopped" stop_engine
  rm -rf --one-file-system "$work"
  printf '%s\n' "== Time taken" "${steps[@]}"
  [ "$status" = 0 ] && echo "== Passed" || echo "== Failed"
  exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP # once the build, which may have the disks open, has ended

step "packages" "$here/install-debian.sh"
step "engine" "$here/start-engine.sh" "$work/dockerd.pid" "$work"
step "images" "$here/build-test-images.sh"
step "disks up" "$here/test-disks.sh" up "$work/disks"
owned >"$work/before"

export DATASPACES_TEST_DOCKER=required
export DATASPACES_TEST_XFS=$work/disks/xfs DATASPACES_TEST_BTRFS=$work/disks/btrfs
export DATASPACES_TEST_EXT4=$work/disks/ext4 DATASPACES_TEST_SMALL=$work/disks/small
cd "$here/.."
step "mvnw verify" ./mvnw -B -ntp verify "$@"
