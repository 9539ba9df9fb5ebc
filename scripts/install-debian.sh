#!/usr/bin/env bash
# Installs what the tests need beyond the build itself: a Docker engine, file systems that can clone, the tools that
# make images, the programs that some tests call. Asks for programs, not packages, so that an engine or a JDK from
# elsewhere counts too, and does nothing, as any user and on any Linux, when all of them are there.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin # an ordinary user's PATH may lack them

# program:package; of several packages the first that this Debian release has
needs=(
  docker:docker-cli/docker.io dockerd:docker.io containerd:containerd runc:runc iptables:iptables
  mkfs.xfs:xfsprogs mkfs.btrfs:btrfs-progs mkfs.ext4:e2fsprogs losetup:mount setpriv:util-linux ip:iproute2
  debootstrap:debootstrap curl:curl zstd:zstd rsync:rsync tmux:tmux psql:postgresql-client alembic:alembic
)
[ -x "${JAVA_HOME:-}/bin/javac" ] || needs+=(javac:openjdk-17-jdk-headless/default-jdk-headless)
# With an AppArmor kernel the engine starts no container without its loader.
[ "$(cat /sys/module/apparmor/parameters/enabled 2>/dev/null)" != Y ] || needs+=(apparmor_parser:apparmor)

missing=()
for need in "${needs[@]}"; do
  command -v "${need%%:*}" >/dev/null || missing+=("$need")
done
# Without Debian's keys debootstrap could not tell a genuine package from another.
[ -e /usr/share/keyrings/debian-archive-keyring.gpg ] || missing+=(keyring:debian-archive-keyring)
# Alembic's driver for PostgreSQL is no program.
/usr/bin/python3 -c 'import psycopg2' 2>/dev/null || missing+=(psycopg2:python3-psycopg2)
[ ${#missing[@]} -gt 0 ] || exit 0

programs=${missing[*]%%:*}
# shellcheck disable=SC1091 # the system's own file
if [ "$(. /etc/os-release 2>/dev/null && echo "$ID")" != debian ]; then
  echo "Missing: $programs. This script installs them on Debian only: please install them your system's way." >&2
  exit 1
fi
if [ "$(id -u)" != 0 ]; then
  echo "Missing: $programs. To install them, run as root: $0" >&2
  exit 1
fi

export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
packages=()
for need in "${missing[@]}"; do
  IFS=/ read -ra choices <<<"${need#*:}"
  for package in "${choices[@]}"; do
    if apt-cache show "$package" >/dev/null 2>&1; then
      packages+=("$package")
      break
    fi
  done
done
echo "Installing ${packages[*]}"
apt-get -qq install --yes --no-install-recommends "${packages[@]}" </dev/null
