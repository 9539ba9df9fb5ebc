# Makes $2 the same as $1, linking what $3, an earlier copy, has unchanged. Prints the bytes it copied.
# Only what every image has: a POSIX shell and cp, cmp, rm, stat, touch.
set -eu
source=$1 target=$2 earlier=$3
copied=0

copy() {
  rm -rf "$target$1"
  cp -a "$source$1" "$target$1"
  if [ -f "$source$1" ] && [ ! -L "$source$1" ]; then
    copied=$((copied + $(wc -c <"$source$1")))
  fi
}

exists() { [ -e "$1" ] || [ -L "$1" ]; }

is_folder() { [ -d "$1" ] && [ ! -L "$1" ]; }

# Whether this shell compares times to the nanosecond: some do by the second, and miss what was written in the same one.
is_exact() {
  touch -d '2020-01-01 00:00:00.25' "$target.early.scratch" 2>/dev/null &&
    touch -d '2020-01-01 00:00:00.75' "$target.late.scratch" 2>/dev/null &&
    [ "$target.late.scratch" -nt "$target.early.scratch" ] && exact=yes || exact=no
  rm -f "$target.early.scratch" "$target.late.scratch"
}

is_unchanged() {
  [ -f "$source$1" ] && [ ! -L "$source$1" ] && [ -f "$target$1" ] && [ ! -L "$target$1" ] &&
    ! [ "$source$1" -nt "$target$1" ] && ! [ "$source$1" -ot "$target$1" ] &&
    { [ "$exact" = yes ] || cmp -s "$source$1" "$target$1"; }
}

# Permissions and owners, of a folder's files in one go: a program for each file would take longer than copying it.
rights() { (cd "$1" && stat -c '%a %u:%g %n' -- * .[!.]* ..?* 2>/dev/null) || true; }

right() { stat -c '%a %u:%g' "$1"; }

# The files are shared with the earlier copy, so those that differ are copied anew.
update_rights() {
  [ "$(rights "$source$1")" != "$(rights "$target$1")" ] || return 0
  for path in "$source$1"* "$source$1".[!.]* "$source$1"..?*; do
    name=${path#"$source"}
    if [ -f "$path" ] && [ ! -L "$path" ] && [ "$(right "$path")" != "$(right "$target$name")" ]; then
      copy "$name"
    fi
  done
}

# A shell function has no variables of its own but its arguments: the folders to go into are kept there, after its own.
update() {
  for path in "$target$1"* "$target$1".[!.]* "$target$1"..?*; do
    if exists "$path" && ! exists "$source${path#"$target"}"; then
      rm -rf "$path"
    fi
  done
  for path in "$source$1"* "$source$1".[!.]* "$source$1"..?*; do
    name=${path#"$source"}
    if ! exists "$path"; then
      continue
    elif is_folder "$path" && is_folder "$target$name"; then
      set -- "$@" "$name/"
    elif ! is_unchanged "$name"; then
      copy "$name"
    fi
  done
  update_rights "$1"
  chmod "$(stat -c %a "$source$1")" "$target$1"
  chown "$(stat -c %u:%g "$source$1")" "$target$1"
  touch -r "$source$1" "$target$1"
  shift
  for folder in "$@"; do
    update "$folder"
  done
}

is_exact
cp -al "$earlier" "$target"
update /
echo "$copied"
