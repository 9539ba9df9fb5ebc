#!/usr/bin/env bash
# Starts MySQL or MariaDB and, on an empty data folder, first makes the database and the users that the environment asks
# for. Understands what the official images understand, so that programs written for those find no difference.
set -euo pipefail

# Options alone are options for the server; another program runs as it is, and so does a question about the server.
case ${1:--} in
  -*) set -- "$SERVER" "$@" ;;
esac
case ${1##*/} in
  mysqld | mariadbd) ;;
  *) exec "$@" ;;
esac
for argument; do
  case $argument in
    -\? | --help | -V | --version | --print-defaults) exec "$@" ;;
  esac
done

case $SERVER in
  mysqld) prefixes=(MYSQL) client=mysql tzinfo=mysql_tzinfo_to_sql ;;
  *) prefixes=(MARIADB MYSQL) client=mariadb tzinfo=mariadb-tzinfo-to-sql ;;
esac
data=$("$@" --verbose --help 2>/dev/null | awk '$1 == "datadir" && !found++ { print $2 }')
data=${data%/}
socket=/var/run/mysqld/mysqld.sock

# Root hands the data folder to the server's user and becomes that user.
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$data"
  find "$data" ! -user mysql -exec chown mysql {} +
  HOME=/var/lib/mysql exec setpriv --reuid mysql --regid mysql --init-groups "$0" "$@"
fi

# What the environment says of a setting, by itself or in a file.
setting() {
  local prefix variable file
  for prefix in "${prefixes[@]}"; do
    variable=${prefix}_$1 file=${prefix}_$1_FILE
    if [ -n "${!variable:-}" ]; then
      printf '%s' "${!variable}"
      return
    elif [ -n "${!file:-}" ]; then
      cat "${!file}"
      return
    fi
  done
}

text() { # as a quoted SQL text
  local escaped=${1//\\/\\\\}
  printf "'%s'" "${escaped//\'/\'\'}"
}

name() { # as a quoted SQL name
  printf '`%s`' "${1//\`/\`\`}"
}

require_password() {
  [ -z "$root_password$(setting ALLOW_EMPTY_PASSWORD)$(setting ALLOW_EMPTY_ROOT_PASSWORD)" ] || return 0
  if [ -n "$(setting RANDOM_ROOT_PASSWORD)" ]; then
    root_password=$(head -c 18 /dev/urandom | base64)
    echo "GENERATED ROOT PASSWORD: $root_password"
    return
  fi
  echo "Error: the database is not initialized and no password option is specified." >&2
  echo "Set one of MYSQL_ROOT_PASSWORD, MYSQL_ALLOW_EMPTY_PASSWORD and MYSQL_RANDOM_ROOT_PASSWORD." >&2
  exit 1
}

make_data() {
  if [ "$SERVER" = mysqld ]; then
    "$@" --initialize-insecure
  else
    mariadb-install-db --datadir="$data" --skip-test-db --auth-root-authentication-method=normal "${@:2}" >/dev/null
  fi
}

# On the socket only: nobody outside may take the server for ready before all is made.
start_temporary() {
  "$@" --skip-networking --socket="$socket" &
  temporary=$!
  until "$client" --no-defaults --socket="$socket" --user=root --execute 'select 1' >/dev/null 2>&1; do
    kill -0 "$temporary" || exit 1
    sleep 0.1
  done
}

sql() {
  "$client" --no-defaults --socket="$socket" --user=root "$@"
}

make_users() {
  local host database user password
  host=$(setting ROOT_HOST) host=${host:-%}
  database=$(setting DATABASE) user=$(setting USER) password=$(setting PASSWORD)
  {
    # MariaDB makes several, without a password
    echo "drop user if exists root@'127.0.0.1', root@'::1', root@$(text "$(hostname)");"
    if [ "$host" != localhost ]; then
      echo "create user 'root'@$(text "$host") identified by $(text "$root_password");"
      echo "grant all on *.* to 'root'@$(text "$host") with grant option;"
    fi
    [ -z "$database" ] || echo "create database if not exists $(name "$database");"
    if [ -n "$user" ]; then
      echo "create user $(text "$user")@'%' identified by $(text "$password");"
      # a name in a grant is a pattern
      [ -z "$database" ] || echo "grant all on $(name "${database//_/\\_}").* to $(text "$user")@'%';"
    fi
    echo "alter user 'root'@'localhost' identified by $(text "$root_password");"
  } | sql
}

run_init_files() {
  local file database
  database=$(setting DATABASE)
  for file in /docker-entrypoint-initdb.d/*; do
    [ -e "$file" ] || continue # the folder is empty
    echo "$0: $file"
    case $file in
      *.sh)
        if [ -x "$file" ]; then
          "$file"
        else
          # shellcheck disable=SC1090 # the user's file
          . "$file"
        fi
        ;;
      *.sql) sql ${database:+"$database"} <"$file" ;;
      *.sql.gz) gunzip -c "$file" | sql ${database:+"$database"} ;;
      *) echo "$0: ignored" ;;
    esac
  done
}

initialize() { # the server and its arguments
  root_password=$(setting ROOT_PASSWORD)
  require_password
  make_data "$@"
  start_temporary "$@"
  if [ -z "$(setting INITDB_SKIP_TZINFO)" ]; then
    "$tzinfo" /usr/share/zoneinfo 2>/dev/null | sql mysql
  fi
  make_users
  export MYSQL_PWD=$root_password
  run_init_files
  unset MYSQL_PWD
  kill "$temporary"
  wait "$temporary"
  printf '\nThe server is initialized; starting it.\n\n'
}

[ -d "$data/mysql" ] || initialize "$@"
exec "$@"
