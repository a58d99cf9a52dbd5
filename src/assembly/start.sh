#!/bin/sh
# Starts Onefile Assignment Routes with the arguments that are given: run, demo, status ... See README.md.
#
# JAVA_HOME  the Java to use, 17 or newer; else the one on the PATH
# JAVA_OPTS  options of the Java virtual machine, separated by spaces; default: -Xmx256m. A process that runs out of memory
#            ends with 3 whatever they are, so that a service manager starts it again
set -eu

# the folder of this script itself, also when it was called through symbolic links
self=$0
while [ -L "$self" ]; do
  # ls, as readlink -f is not everywhere
  target=$(ls -ld -- "$self")
  target=${target#*" $self -> "}
  case $target in
    /*) self=$target ;;
    *) self=$(dirname -- "$self")/$target ;;
  esac
done
home=$(CDPATH='' cd -- "$(dirname -- "$self")" && pwd -P)

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

version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = //p')
major=${version%%[!0-9]*}
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

# JAVA_OPTS are several words on purpose
# shellcheck disable=SC2086
exec "$java" -XX:+ExitOnOutOfMemoryError ${JAVA_OPTS:--Xmx256m} -jar "$home/onefile-assignment-routes.jar" "$@"
