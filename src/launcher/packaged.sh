#!/bin/sh
# Runs Cairn with the Java runtime beside it: nothing of the machine's own Java is asked. Links to this file work.
#
#   CAIRN_JAVA_OPTS  further JVM flags (those that change the heap or the module graph switch the AOT cache off)
#   CAIRN_AOT=off    no AOT cache
set -u

self=$0
while [ -h "$self" ]; do
    link=$(readlink "$self")
    case $link in
        /*) self=$link ;;
        *) self=${self%/*}/$link ;;
    esac
done
case $self in
    /*) home=${self%/*} ;;
    */*) home=$(cd "${self%/*}" && pwd) || exit 3 ;;
    *) home=$PWD ;;
esac
. "$home/lib/start.sh"

java=$home/runtime/bin/java
jar=$home/cairn.jar
aot_flag=
# a cache made for other bytes is not used: the JVM compares jars and runtime with those that it was made from
choose_kind "$@"
[ "${CAIRN_AOT:-}" = off ] || aot_flag=-XX:AOTCache=$home/cairn$kind.aot
start "$@"
