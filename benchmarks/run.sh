#!/usr/bin/env bash
# run.sh FOLDER... : measures ours and the peers, side by side, and writes benchmarks/RESULTS.md.
# Each folder is on a file system that is to be measured; the first is also for the whole suites, and for MySQL and
# MariaDB. They are emptied. Needs a Docker engine with the images postgres:18, mysql:9.7 and mariadb:11.8, and a
# machine that does nothing else. SECTIONS="resets mysql" measures only these, of resets, mysql, suites, operations
# and imports; RESULTS.md is made of the last results of each in benchmarks/results. RUNS=2 only tries whether all
# works. ROWS=1000000 makes smaller dumps for imports. ONLY='embedded, CLASS, reading' (a regular expression) measures
# only those rows, and does not touch RESULTS.md; not for suites.
set -euo pipefail
[ $# -gt 0 ] || { sed -n 2,8p "$0"; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
all="resets mysql suites operations imports"
wanted=${SECTIONS:-$all}
for section in $wanted; do
  [[ " $all " == *" $section "* ]] || { echo "No section '$section'. There are: $all" >&2; exit 2; }
done
paths=$(mktemp)
trap 'rm -f "$paths"' EXIT

"$here/../mvnw" -q -ntp -f "$here/../pom.xml" -Pbenchmarks -DskipTests -Dinvoker.skip -pl benchmarks -am \
  compile dependency:build-classpath -Dmdep.outputFile="$paths"
# Testcontainers guesses wrong in some virtual machines, and its reaper is an image more
export TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_HOST_OVERRIDE=localhost

measure() { # class arguments...
  # what the peers log would go between the rows
  java ${RUNS:+-Dbenchmarks.runs="$RUNS"} ${ONLY:+-Dbenchmarks.rows="$ONLY"} -Djava.util.logging.config.file=/dev/null -cp "$here/target/classes:$(cat "$paths")" \
    "io.github.dataspaces.benchmarks.$1" "${@:2}" 2> >(grep -v SLF4J >&2)
}

empty() {
  for folder in "$@"; do
    find "$folder" -mindepth 1 -delete 2>/dev/null || true
    mkdir -p "$folder"
  done
}

machine() {
  echo "$(nproc) cores ($(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)), $(free -g | awk '/Mem/ {print $2}') GB, Linux $(uname -r),"
  echo "Java $(java -version 2>&1 | sed -n 's/.*version "\(.*\)".*/\1/p'), Docker $(docker version --format '{{.Server.Version}}')."
}

resets() {
  cat <<'TEXT'
## From the end of a test to the next one's connection to a clean database

A writing test changes three tables. Ours is measured as users have it, with all that JUnit does in between; the peers are called directly.
"plain JUnit" has no database; with "a connection that stays" a test's first query is asked of a pool as well, and nothing is put back: what is above
that is ours. Each row is run twice and measured the second time: before that the same tests run unmeasured and without a pause, 10,000 of them or for 25 s, for
a young JVM spends most of its time compiling, whichever library it runs. A peer is measured for 20 s at most, hence fewer runs of slow ones. "testcontainers-test" starts a container for each test, "testcontainers-class" empties and fills all tables
of one that stays.

TEXT
  measure Resets postgres "$@"
}

mysql() {
  cat <<'TEXT'
## The same for MySQL and MariaDB

40 tables of 10,000 rows; measured as above. "truncate" empties and fills all tables, as "rider" and "flyway" do; "truncate-changed", and
"testcontainers-class-changed" in one container that stays, only the three that the test changes, which somebody has to have found out.

TEXT
  measure Resets mysql "$1"
}

suites() {
  cat <<TEXT
## Whole suites

Wall time of the JVMs, in the file system of \`$(stat -f -c %T "$1")\`; each test writes to three of 40 tables and takes 20 ms. The median of three, or,
from 15 s on, a single run. "plain" has no database, "jdbc" a server that is there and
transactions that are rolled back: what any use of a database takes. "dataspaces" starts its servers in each build, "dataspaces-warm" finds those of the build before.

TEXT
  measure Suite "$1"
}

operations() {
  cat <<'TEXT'
## Operations on dataspaces

The median of five, and the range.

TEXT
  measure Operations "${@/%//home}"
}

imports() {
  local rows=${ROWS:-5000000}
  cat <<TEXT
## Imports

Dumps of $rows rows in four tables, in a heap of 256 MB. Ours is measured with all that it does to leave nothing half-imported. The median of
three, or, from 60 s on, a single run.

TEXT
  JAVA_TOOL_OPTIONS=-Xmx256m measure Imports "$1" "$rows"
}

mkdir -p "$here/results"
for section in $wanted; do
  empty "$@"
  if [ -n "${ONLY:-}" ]; then
    "$section" "$@"
    continue
  fi
  { "$section" "$@"; echo; echo "On $(date -u +%F): $(machine)"; } | tee "$here/results/$section.part"
  mv "$here/results/$section.part" "$here/results/$section.md"
done
empty "$@"
[ -z "${ONLY:-}" ] || exit 0
{
  echo "# Measured"
  echo
  echo "By \`benchmarks/run.sh\`, one after the other; each section says when, and on which machine."
  for section in $all; do
    [ ! -e "$here/results/$section.md" ] || { echo; cat "$here/results/$section.md"; }
  done
} > "$here/RESULTS.md"
