#!/usr/bin/env bash
# build-test-images.sh [VERSION...]
# Makes the images postgres:15, postgres:17 and postgres:18 out of Debian packages, for machines that reach a Debian
# mirror but no image registry. An image that is there already stays, whoever made it: pull the official ones first to
# test with those. The unpacked Debian of each is kept in DATASPACES_TEST_CACHE (default ~/.cache/dataspaces-test), so
# that an engine that lost its images gets them back in seconds; remove that folder for newer packages.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin
here=$(cd "$(dirname "$0")" && pwd)
cache=${DATASPACES_TEST_CACHE:-$HOME/.cache/dataspaces-test}
[ $# -gt 0 ] || set -- 15 17 18

# Each PostgreSQL comes from the Debian release that has it.
suite() {
  case $1 in
    15) echo bookworm ;;
    17) echo trixie ;;
    18) echo sid ;;
    *) echo "No Debian release is known for PostgreSQL $1; known are 15, 17 and 18." >&2; return 1 ;;
  esac
}

# The mirror that apt uses here: it is reachable, and near.
mirror() {
  local uri
  # shellcheck disable=SC2016 # apt expands this
  uri=$(apt-get indextargets --format '$(REPO_URI)' \
    'Created-By: Packages' 'Origin: Debian' 'Label: Debian' 'Component: main' | sed -n 1p)
  case $uri in
    mirror+file:*) # a list of mirrors, as in Debian's cloud images
      uri=${uri#mirror+file:}
      uri=$(sed -n 's|^\(https\?://[^[:space:]]*\).*|\1|p;T;q' "${uri%/}")
      ;;
  esac
  echo "$uri"
}

# Writes the packed root folder of a minimal Debian with a PostgreSQL server, file $2.
debian() (
  version=$1 packed=$2
  if [ "$(id -u)" != 0 ]; then
    echo "Only root can make the image postgres:$version; or pull it: docker pull postgres:$version" >&2
    exit 1
  fi
  uri=$(mirror)
  [ -n "$uri" ] || { apt-get -qq update && uri=$(mirror); }
  if [ -z "$uri" ]; then
    echo "apt is not configured with a Debian mirror; pull the image instead: docker pull postgres:$version" >&2
    exit 1
  fi
  # debootstrap downloads by itself and does not know apt's proxy.
  eval "$(apt-config shell proxy Acquire::http::Proxy)"
  [ -z "${proxy:-}" ] || export http_proxy="${http_proxy:-$proxy}"

  # Not in /tmp, which may be mounted without device files and programs, and on the cache's disk to rename there.
  scratch=$(mktemp -d "$cache/debootstrap.XXXXXX")
  trap 'rm -rf --one-file-system "$scratch"' EXIT
  # locales: the official images' en_US.utf8. libnss-wrapper: initdb under a user that has no name.
  if ! debootstrap --variant=minbase --force-check-gpg --include="postgresql-$version,locales,libnss-wrapper" \
      "$(suite "$version")" "$scratch/root" "$uri" >"$scratch/log" 2>&1; then
    tail -n 20 "$scratch/log" "$scratch/root/debootstrap/debootstrap.log" >&2 || true
    exit 1
  fi
  tar -C "$scratch/root" --one-file-system --numeric-owner --create \
    --exclude='./var/cache/apt/*' --exclude='./var/lib/apt/lists/*' --exclude='./var/log/*' \
    --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' --exclude='./usr/share/locale/*/LC_MESSAGES' . |
    zstd -q -1 -T0 -o "$scratch/packed"
  mv "$scratch/packed" "$packed" # whole or not at all
)

for version in "$@"; do
  if docker image inspect "postgres:$version" >/dev/null 2>&1; then continue; fi
  began=$SECONDS
  release=$(suite "$version")
  packed=$cache/postgres-$version-$release.tar.zst
  mkdir -p "$cache"
  [ -e "$packed" ] || debian "$version" "$packed"

  # The official images moved the data with version 18.
  if [ "$version" -ge 18 ]; then
    volume=/var/lib/postgresql data=/var/lib/postgresql/$version/docker
  else
    volume=/var/lib/postgresql/data data=/var/lib/postgresql/data
  fi
  base=dataspaces-test/debian:$release-postgres
  zstd -q -d -c "$packed" | docker import - "$base" >/dev/null
  built=0 output=$(docker build --force-rm --tag "postgres:$version" --build-arg "BASE=$base" \
    --build-arg "PG_MAJOR=$version" --build-arg "PGDATA=$data" --build-arg "VOLUME=$volume" \
    "$here/images/postgres" 2>&1) || built=$?
  docker rmi --no-prune "$base" >/dev/null # the image lives on in the one above it
  if [ "$built" != 0 ]; then
    echo "$output" >&2
    exit "$built"
  fi
  echo "Built postgres:$version from Debian $release in $((SECONDS - began)) s"
done
