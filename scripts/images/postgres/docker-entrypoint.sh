#!/usr/bin/env bash
# Starts PostgreSQL and, on an empty data folder, first makes the databases that the environment asks for. Understands
# what the official image understands, so that programs written for that one find no difference.
set -euo pipefail

# Options alone are options for the server; another program runs as it is, and so does a question about the server.
case ${1:--} in
  -*) set -- postgres "$@" ;;
esac
[ "$1" = postgres ] || exec "$@"
for argument; do
  case $argument in
    -\? | --help | -V | --version | --describe-config) exec "$@" ;;
  esac
done

# Root hands the data folder to the server's user and becomes that user: the server refuses to run as root.
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA"
  chmod 700 "$PGDATA"
  find "$PGDATA" ! -user postgres -exec chown postgres {} +
  HOME=/var/lib/postgresql exec setpriv --reuid postgres --regid postgres --init-groups "$0" "$@"
fi

# Data that belong elsewhere would silently not be used.
refuse_misplaced_data() {
  [ "$PG_MAJOR" -ge 18 ] && [ "$PGDATA" = "/var/lib/postgresql/$PG_MAJOR/docker" ] || return 0
  local old=/var/lib/postgresql/data
  if [ -s "$old/PG_VERSION" ] || grep -q " $old " /proc/self/mountinfo; then
    echo "Error: since version 18 the data are in $PGDATA, but something is mounted at, or stored in, $old." >&2
    echo "Mount it at /var/lib/postgresql instead, or set PGDATA." >&2
    exit 1
  fi
}

require_password() {
  [ -z "$POSTGRES_PASSWORD" ] && [ "$POSTGRES_HOST_AUTH_METHOD" != trust ] || return 0
  echo "Error: the database is not initialized and no superuser password is specified." >&2
  echo "Set POSTGRES_PASSWORD to a password that is not empty, for example \"-e POSTGRES_PASSWORD=password\", or set" >&2
  echo "POSTGRES_HOST_AUTH_METHOD=trust to let everyone in without one." >&2
  exit 1
}

# In a shell of its own, because the wrapped names must not reach the server.
init_data() (
  if ! getent passwd "$(id -u)" >/dev/null; then
    # initdb insists on a name for its user, and "docker run --user" may give one that has none.
    NSS_WRAPPER_PASSWD=$(mktemp) NSS_WRAPPER_GROUP=$(mktemp)
    trap 'rm -f "$NSS_WRAPPER_PASSWD" "$NSS_WRAPPER_GROUP"' EXIT
    echo "postgres:x:$(id -u):$(id -g):PostgreSQL:$PGDATA:/bin/false" >"$NSS_WRAPPER_PASSWD"
    echo "postgres:x:$(id -g):" >"$NSS_WRAPPER_GROUP"
    LD_PRELOAD=$(echo /usr/lib/*/libnss_wrapper.so)
    export NSS_WRAPPER_PASSWD NSS_WRAPPER_GROUP LD_PRELOAD
  fi
  arguments=()
  eval "arguments+=(${POSTGRES_INITDB_ARGS:-})" # may hold quoted words
  initdb --username="$POSTGRES_USER" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") "${arguments[@]}"
)

sql() {
  PGHOST='' PGHOSTADDR='' psql -v ON_ERROR_STOP=1 --no-psqlrc --no-password \
    --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" "$@"
}

run_init_files() {
  local file
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
      *.sql) sql -f "$file" ;;
      *.sql.gz) gunzip -c "$file" | sql ;;
      *) echo "$0: ignored" ;;
    esac
  done
}

initialize() { # arguments for the server
  export POSTGRES_USER=${POSTGRES_USER:-postgres} POSTGRES_PASSWORD=${POSTGRES_PASSWORD:-}
  export POSTGRES_DB=${POSTGRES_DB:-$POSTGRES_USER} POSTGRES_HOST_AUTH_METHOD=${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}
  refuse_misplaced_data
  require_password
  init_data
  printf '\nhost all all all %s\n' "$POSTGRES_HOST_AUTH_METHOD" >>"$PGDATA/pg_hba.conf"

  # On the socket only: nobody outside may take the server for ready before the files below have run.
  pg_ctl -w -o "$(printf '%q ' "$@" -c listen_addresses= -p 5432)" start
  export PGPASSWORD=${PGPASSWORD:-$POSTGRES_PASSWORD}
  if [ "$POSTGRES_DB" != postgres ]; then
    sql --dbname postgres -v name="$POSTGRES_DB" <<<'CREATE DATABASE :"name"'
  fi
  run_init_files
  pg_ctl -w -m fast stop
  unset PGPASSWORD
  printf '\nPostgreSQL is initialized; starting it.\n\n'
}

[ -s "$PGDATA/PG_VERSION" ] || initialize "${@:2}"
exec "$@"
