#!/bin/sh
# Starts Onefile Assignment Routes with the arguments that are given: run, demo, status ... See README.md.
# With the one argument class-archive it makes the class-data archive in its own folder, classes.jsa: later starts are faster.
#
# JAVA_HOME  the Java to use, 17 or newer; else the one on the PATH
# JAVA_OPTS  options of the Java virtual machine, separated by spaces; default: -Xmx256m -Xms64m -Xmn24m. They come behind
#            -XX:+UseSerialGC -XX:TieredStopAtLevel=1 (the small collector and the quick compiler: less CPU and memory, but for jobs of
#            many ten thousand calls without a pace). A process that runs out of memory ends with 3 whatever they are, so that a
#            service manager starts it again
set -eu

# a file behind its symbolic links; ls, as readlink -f is not everywhere
resolved() {
  file=$1
  while [ -L "$file" ]; do
    target=$(ls -ld -- "$file")
    target=${target#*" $file -> "}
    case $target in
      /*) file=$target ;;
      *) file=$(dirname -- "$file")/$target ;;
    esac
  done
  printf '%s\n' "$file"
}

# the folder of this script itself, also when it was called through symbolic links
home=$(CDPATH='' cd -- "$(dirname -- "$(resolved "$0")")" && pwd -P)

if [ -n "${JAVA_HOME:-}" ]; then
  java=$JAVA_HOME/bin/java
  if [ ! -x "$java" ]; then
    echo "Not started: JAVA_HOME is $JAVA_HOME, and there is no bin/java in it. Correct it, or unset it to use the java on the PATH." >&2
    exit 2
  fi
elif java=$(command -v java); then
  :
else
  echo "Not started: no Java found. Install a Java runtime, 17 or newer, or set JAVA_HOME to one." >&2
  exit 3
fi

# Java's own note of its version is read where there is one: to ask Java itself takes up to a second
release=$(resolved "$java")
release=${release%/bin/*}/release
major=
if [ -r "$release" ]; then
  major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$release")
fi
if [ "${major:-0}" -lt 17 ]; then
  version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = //p')
  major=${version%%[!0-9]*}
fi
if [ "${major:-0}" -lt 17 ]; then
  echo "Not started: $java is Java ${version:-of an unknown version}; 17 or newer is needed. Set JAVA_HOME to one." >&2
  exit 3
fi

# Names of files may have any letter. Without a UTF-8 locale Java 17 can't open those with umlauts and accents.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
  '' | C | POSIX)
    LC_ALL=C.UTF-8
    export LC_ALL
    ;;
esac

jar=$home/onefile-assignment-routes.jar
archive=$home/classes.jsa

# What is in an archive runs as code. It lies beside the jar: who can write the one can write the other.
if [ "$*" = class-archive ]; then
  making=$archive.$$
  trap 'rm -rf -- "$making"' EXIT
  trap 'exit 3' HUP INT TERM
  # whole, and on the disk, before it has its name; no key of the environment reaches what is run to know the classes
  if mkdir -m 0700 -- "$making" &&
    env -i "LC_ALL=${LC_ALL:-${LC_CTYPE:-$LANG}}" "$java" -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xlog:disable \
      "-XX:ArchiveClassesAtExit=$making/classes.jsa" "-Djava.io.tmpdir=$making" \
      -cp "$jar" uk.onefileroutes.cli.Training "$home/routes" >"$making/output" 2>&1 &&
    chmod 0444 "$making/classes.jsa" && sync && mv -f -- "$making/classes.jsa" "$archive"; then
    echo "Made $archive"
    exit
  fi
  echo "Not made: $archive. Starts work without it." >&2
  tail -n 5 -- "$making/output" >&2 2>/dev/null || :
  exit 3
fi

# JAVA_OPTS are several words on purpose
# shellcheck disable=SC2086
set -- -XX:+UseSerialGC -XX:TieredStopAtLevel=1 ${JAVA_OPTS:--Xmx256m -Xms64m -Xmn24m} -jar "$jar" "$@"
if [ -f "$archive" ]; then
  # the JVM goes on without one that was made for another Java or jar, and need not say so
  quiet='-Xlog:cds*=off'
  [ "$major" -lt 25 ] || quiet="$quiet,aot*=off"
  set -- "-XX:SharedArchiveFile=$archive" "$quiet" "$@"
fi
exec "$java" -XX:+ExitOnOutOfMemoryError "$@"
