#!/usr/bin/env bash
# build-test-images.sh [IMAGE...]
# Makes the images of database servers that the tests run, such as postgres:18, out of the packages of Debian, and of
# Ubuntu for what Debian does not have, for machines that reach a mirror of them but no image registry. An image that is
# there already stays, whoever made it: pull the official ones first to test with those. The unpacked system of each is
# kept in DATASPACES_TEST_CACHE (default ~/.cache/dataspaces-test), so that an engine that lost its images gets them back
# in seconds; remove that folder for newer packages. DATASPACES_TEST_UBUNTU is the address of a mirror of Ubuntu; without
# it, that is looked for beside Debian's, where many have it.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin
here=$(cd "$(dirname "$0")" && pwd)
cache=${DATASPACES_TEST_CACHE:-$HOME/.cache/dataspaces-test}
known=(postgres:15 postgres:17 postgres:18 mysql:8.0 mysql:8.4 mysql:9.7 mariadb:10.11 mariadb:11.8)
[ $# -gt 0 ] || set -- "${known[@]}"

# Each server comes from the release of Debian, or of Ubuntu, that has it.
suite() {
  case $1 in
    postgres:15 | mariadb:10.11) echo bookworm ;;
    postgres:17 | mariadb:11.8) echo trixie ;;
    postgres:18 | mysql:9.7) echo sid ;;
    mysql:8.0) echo noble ;;
    mysql:8.4) echo resolute ;;
    *) echo "No release is known for $1; known are ${known[*]}." >&2; return 1 ;;
  esac
}

is_ubuntu() { # suite
  [ "$1" = noble ] || [ "$1" = resolute ]
}

# What the image consists of.
packages() {
  case $1 in
    # locales: the official images' en_US.utf8. libnss-wrapper: initdb under a user that has no name.
    postgres:*) echo "postgresql-${1#*:},locales,libnss-wrapper" ;;
    # tzdata: the official images know the time zones' names.
    mysql:8.0) echo mysql-server-core-8.0,mysql-client-core-8.0,tzdata ;;
    mysql:8.4) echo mysql-server-core,mysql-client-core,tzdata ;;
    mysql:*) echo mysql-server-core,mysql-client,tzdata ;;
    mariadb:*) echo mariadb-server-core,mariadb-client,tzdata ;;
  esac
}

# How an image is made beyond that, as arguments for docker build.
arguments() {
  local version=${1#*:}
  case $1 in
    postgres:*)
      # The official images moved the data with version 18.
      if [ "$version" -ge 18 ]; then
        echo "PG_MAJOR=$version PGDATA=/var/lib/postgresql/$version/docker VOLUME=/var/lib/postgresql"
      else
        echo "PG_MAJOR=$version PGDATA=/var/lib/postgresql/data VOLUME=/var/lib/postgresql/data"
      fi
      ;;
    mysql:*) echo SERVER=mysqld ;;
    mariadb:*) echo SERVER=mariadbd ;;
  esac
}

# The folder under images that an image is made with: MySQL and MariaDB share one.
recipe() {
  case $1 in
    postgres:*) echo postgres ;;
    *) echo mysql ;;
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

# Writes Ubuntu's keys, which no Debian package has, to file $2, from the mirror $1. The one that matters is
# F6EC B376 2474 EDA9 D21B 7022 8719 20D1 991B C93C.
ubuntu_keys() {
  local package=${2%/*}/keys.deb sum=36de43b15853ccae0028e9a767613770c704833f82586f28eb262f0311adb8a8
  curl -fsSL -o "$package" "$1/pool/main/u/ubuntu-keyring/ubuntu-keyring_2023.11.28.1_all.deb" &&
    echo "$sum  $package" | sha256sum --check --quiet &&
    dpkg-deb --fsys-tarfile "$package" | tar --extract --to-stdout ./usr/share/keyrings/ubuntu-archive-keyring.gpg >"$2"
}

# Writes the packed root folder of a minimal system with the server of image $1, file $2.
minimal() (
  image=$1 packed=$2
  if [ "$(id -u)" != 0 ]; then
    echo "Only root can make the image $image; or pull it: docker pull $image" >&2
    exit 1
  fi
  uri=$(mirror)
  [ -n "$uri" ] || { apt-get -qq update && uri=$(mirror); }
  if [ -z "$uri" ]; then
    echo "apt is not configured with a Debian mirror; pull the image instead: docker pull $image" >&2
    exit 1
  fi
  # debootstrap downloads by itself and does not know apt's proxy.
  eval "$(apt-config shell proxy Acquire::http::Proxy)"
  [ -z "${proxy:-}" ] || export http_proxy="${http_proxy:-$proxy}"

  # Not in /tmp, which may be mounted without device files and programs, and on the cache's disk to rename there.
  scratch=$(mktemp -d "$cache/debootstrap.XXXXXX")
  trap 'rm -rf --one-file-system "$scratch"' EXIT
  release=$(suite "$image")
  keyring=() script=
  if is_ubuntu "$release"; then
    uri=${DATASPACES_TEST_UBUNTU:-${uri%/debian*}/ubuntu}
    if ! ubuntu_keys "$uri" "$scratch/keys.gpg"; then
      echo "There is no mirror of Ubuntu at $uri: set DATASPACES_TEST_UBUNTU, or pull the image: docker pull $image" >&2
      exit 1
    fi
    keyring=("--keyring=$scratch/keys.gpg")
    # all of Ubuntu's are made the same way, those later than this debootstrap, too
    script=/usr/share/debootstrap/scripts/gutsy
  fi
  if ! debootstrap --variant=minbase --force-check-gpg "${keyring[@]}" --include="$(packages "$image")" \
      "$release" "$scratch/root" "$uri" ${script:+"$script"} >"$scratch/log" 2>&1; then
    tail -n 20 "$scratch/log" "$scratch/root/debootstrap/debootstrap.log" >&2 || true
    exit 1
  fi
  tar -C "$scratch/root" --one-file-system --numeric-owner --create \
    --exclude='./var/cache/apt/*' --exclude='./var/lib/apt/lists/*' --exclude='./var/log/*' \
    --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' --exclude='./usr/share/locale/*/LC_MESSAGES' . |
    zstd -q -1 -T0 -o "$scratch/packed"
  mv "$scratch/packed" "$packed" # whole or not at all
)

for image in "$@"; do
  if docker image inspect "$image" >/dev/null 2>&1; then continue; fi
  began=$SECONDS
  release=$(suite "$image")
  packed=$cache/${image/:/-}-$release.tar.zst
  mkdir -p "$cache"
  [ -e "$packed" ] || minimal "$image" "$packed"

  base=dataspaces-test/base:$release-${image%%:*}
  build=(--build-arg "BASE=$base")
  for argument in $(arguments "$image"); do
    build+=(--build-arg "$argument")
  done
  zstd -q -d -c "$packed" | docker import - "$base" >/dev/null
  built=0 output=$(docker build --force-rm --tag "$image" "${build[@]}" "$here/images/$(recipe "$image")" 2>&1) || built=$?
  docker rmi --no-prune "$base" >/dev/null # the image lives on in the one above it
  if [ "$built" != 0 ]; then
    echo "$output" >&2
    exit "$built"
  fi
  echo "Built $image from $release in $((SECONDS - began)) s"
done
