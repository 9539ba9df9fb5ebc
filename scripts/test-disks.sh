#!/usr/bin/env bash
# test-disks.sh up|down FOLDER
# Small disks of other kinds than the machine's own, as FOLDER/xfs, btrfs and ext4, and FOLDER/small to fill up: sparse
# files, mounted. They take the room of what is written to them. "up" may be repeated and keeps what is there; "down"
# removes everything, also what an interrupted "up" left.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin
usage="usage: $0 up|down FOLDER"
action=${1:?$usage}
folder=$(realpath -m -- "${2:?$usage}")
disks=(xfs btrfs ext4 small)

if [ "$(id -u)" != 0 ]; then
  echo "Only root can mount disks." >&2
  exit 1
fi

format() { # disk file
  # No blocks reserved for root on ext4: tests run as root or not, and a full disk must be full for both.
  case $1 in
    xfs)   truncate -s 4G "$2"   && mkfs.xfs -q -m reflink=1 "$2" ;;
    btrfs) truncate -s 4G "$2"   && mkfs.btrfs -q "$2" >/dev/null ;;
    ext4)  truncate -s 4G "$2"   && mkfs.ext4 -q -m 0 "$2" ;;
    small) truncate -s 192M "$2" && mkfs.ext4 -q -m 0 "$2" ;;
  esac
}

# In a container /dev is a fixed set of files: the kernel adds a loop device, but nobody adds its file.
loop_device() {
  [ -e /dev/loop-control ] || mknod -m 660 /dev/loop-control c 10 237
  local device
  device=$(losetup --find)
  [ -b "$device" ] || mknod -m 660 "$device" b 7 "${device#/dev/loop}"
}

up() {
  mkdir -p "$folder"
  local disk image
  for disk in "${disks[@]}"; do
    image=$folder/$disk.img
    if mountpoint -q "$folder/$disk"; then continue; fi
    # The image gets its name when it is complete, so that a half-made one is never taken for a disk.
    if [ ! -e "$image" ]; then
      rm -f "$image.part"
      format "$disk" "$image.part"
      mv "$image.part" "$image"
    fi
    mkdir -p "$folder/$disk"
    loop_device
    mount -o loop "$image" "$folder/$disk"
    # An empty disk looks empty, whatever its kind; anyone may use it, as with /tmp.
    [ ! -d "$folder/$disk/lost+found" ] || rmdir "$folder/$disk/lost+found" 2>/dev/null || true
    chmod 1777 "$folder/$disk"
  done
}

down() {
  local disk
  for disk in "${disks[@]}"; do
    while mountpoint -q "$folder/$disk"; do
      # A process that still uses the disk must not keep it from going: the kernel frees it when that process ends.
      umount "$folder/$disk" 2>/dev/null || {
        echo "$folder/$disk is still in use; detaching it" >&2
        umount --lazy "$folder/$disk"
      }
    done
    [ ! -d "$folder/$disk" ] || rmdir "$folder/$disk"
    rm -f "$folder/$disk.img" "$folder/$disk.img.part"
  done
}

case $action in
  up | down) "$action" ;;
  *) echo "$usage" >&2; exit 2 ;;
esac
