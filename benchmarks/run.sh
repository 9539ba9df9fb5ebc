#!/usr/bin/env bash
# run.sh FOLDER... : measures ours and the peers, side by side, and writes benchmarks/RESULTS.md.
# Each folder is on a file system that is to be measured; the first is also for the whole suites. They are emptied.
# Needs a Docker engine with the images postgres:18, mysql:9.7 and mariadb:11.8, and a machine that does nothing else.
set -euo pipefail
[ $# -gt 0 ] || { sed -n 2,4p "$0"; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
results=$here/RESULTS.md
paths=$(mktemp)
trap 'rm -f "$paths"' EXIT

"$here/../mvnw" -q -ntp -f "$here/../pom.xml" -Pbenchmarks -DskipTests -Dinvoker.skip -pl benchmarks -am \
  compile dependency:build-classpath -Dmdep.outputFile="$paths"
# Testcontainers guesses wrong in some virtual machines, and its reaper is an image more
export TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_HOST_OVERRIDE=localhost

measure() { # class arguments...
  java -cp "$here/target/classes:$(cat "$paths")" "io.github.dataspaces.benchmarks.$1" "${@:2}" 2> >(grep -v SLF4J >&2)
}

empty() {
  for folder in "$@"; do
    find "$folder" -mindepth 1 -delete 2>/dev/null || true
    mkdir -p "$folder"
  done
}

{
  echo "# Measured"
  echo
  echo "By \`benchmarks/run.sh\` on $(date -u +%F): $(nproc) cores ($(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)), $(free -g | awk '/Mem/ {print $2}') GB,"
  echo "Linux $(uname -r), Java $(java -version 2>&1 | sed -n 's/.*version "\(.*\)".*/\1/p'), Docker $(docker version --format '{{.Server.Version}}'). All in one run, one after the other."
  echo
  echo "## From the end of a test to the next one's connection to a clean database"
  echo
  echo "A writing test changes three tables. Ours is measured as users have it, with all that JUnit does in between; the peers are called directly."
  echo
  measure Resets ours small,wide "$@"
  measure Resets ours large "$1" | tail -n +3
  measure Resets peers small "$@" | tail -n +3
  echo
  echo "## Whole suites"
  echo
  echo "Wall time of the JVMs, in the file system of \`$(stat -f -c %T "$1")\`; each test writes to three of 40 tables and takes 20 ms. \"plain\" has no database. \"dataspaces\" starts its servers in each build, \"dataspaces-warm\" finds those of the build before."
  echo
  empty "$1"
  measure Suite "$1"
  echo
  echo "## Operations on dataspaces"
  echo
  empty "$@"
  measure Operations "${@/%//home}"
  echo
  echo "## Imports"
  echo
  echo "Dumps of 5,000,000 rows in four tables, in a heap of 256 MB. Ours is measured with all that it does to leave nothing half-imported."
  echo
  empty "$1"
  JAVA_TOOL_OPTIONS=-Xmx256m measure Imports "$1"
} | tee "$results"
empty "$@"
