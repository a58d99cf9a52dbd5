#!/bin/sh
# Starts Onefile Assignment Routes with the arguments that are given: run, demo, status ... See README.md.
#
# JAVA_HOME  the Java to use, 17 or newer; else the one on the PATH
# JAVA_OPTS  options of the Java virtual machine, separated by spaces; default: -Xmx256m. They win over those of jvm.options.
#            A process that runs out of memory ends with 3 whatever they are, so that a service manager starts it again
# CLASS_ARCHIVE=off  neither makes nor uses the class-data archive, data/cache/classes.jsa
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

# Java's own note of its version is read where there is one: to ask it takes as long as a command
major=
release=$(resolved "$java")
release=${release%/bin/*}/release
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

# The command, and whose data: the class-data archive lies in the data folder.
command=run data=data option='' found=''
for word in "$@"; do
  case $option in
    --data) data=$word ;;
  esac
  if [ -n "$option" ]; then
    option=''
    continue
  fi
  case $word in
    --config | --routes | --data) option=$word ;;
    --data=*) data=${word#*=} ;;
    -*) ;;
    *) [ -n "$found" ] || command=$word found=yes ;;
  esac
done

# What is in an archive runs as code: only what belongs to who starts this, or to root, and what nobody else may write.
trusted() {
  # fields of ls -n: rights, links, owner
  # shellcheck disable=SC2046
  set -- $(ls -ldn -- "$1" 2>/dev/null)
  case ${1:-l} in l* | ?????w* | ????????w*) return 1 ;; esac
  [ "$3" -eq 0 ] || [ "$3" -eq "$(id -u)" ]
}

archive=$data/cache/classes.jsa
case ${CLASS_ARCHIVE:-on} in
  off) set -- -jar "$home/onefile-assignment-routes.jar" "$@" ;;
  *)
    # the instance makes it where it is missing, or was made for another Java or jar
    set -- "-Dclass.archive=$archive" -jar "$home/onefile-assignment-routes.jar" "$@"
    if [ -f "$archive" ] && trusted "$data/." && trusted "$data/cache" && trusted "$archive"; then
      # the JVM goes on without one that does not fit; it need not say so
      quiet=-Xlog:cds=off,cds+dynamic=off
      [ "$major" -lt 25 ] || quiet=$quiet,aot=off
      set -- "-XX:SharedArchiveFile=$archive" "$quiet" "$@"
    fi
    ;;
esac

case $command in
  run | demo | simulate) short='' ;;
  # it ends before better compiled code would pay
  *) short=-XX:TieredStopAtLevel=1 ;;
esac
# there is one collector only
case " ${JAVA_OPTS:-} " in
  *" -XX:+Use"*GC*) collector=-XX:-UseSerialGC ;;
  *) collector='' ;;
esac

# JAVA_OPTS are several words on purpose
# shellcheck disable=SC2086
exec "$java" "@$home/jvm.options" $short $collector ${JAVA_OPTS:--Xmx256m} "$@"
