# Starts the JVM. Sourced by ./cairn and by the launcher of the distribution; POSIX sh.
# Sets: jvm_flags; choose_kind, start. Wants: java, jar, aot_flag.

# The same for making and for using an AOT cache: it refuses another collector's heap or another module graph.
jvm_flags="-Xmx256m -XX:+UseSerialGC -XX:-UsePerfData"

# Sets kind: of the AOT caches, the one for this command. Every class of a cache is linked when the JVM starts, so that
# the commands which serve, scan or walk the path have a cache of their own and the others a small one.
choose_kind() {
    kind=
    for word in "$@"; do
        case $word in
            -*) continue ;;
            serve | path | scan | report | compare | explain | trend | simulate | advisory | sbom) kind=-large ;;
            verify-migration | org | user | token | tags | registry) kind=-large ;;
        esac
        break
    done
}

start() {
    # The JVM takes the names of files for what the locale says they are; in the C locale it can't read half of them.
    export LC_ALL=C.UTF-8

    # Which streams are terminals: the JVM has no cheap way to tell.
    terminals=
    [ -t 1 ] && terminals=1
    [ -t 2 ] && terminals=${terminals}2

    # Short commands are over before the second compiler pays; work on layers wants it. A server is asked to stay small.
    tiers=-XX:TieredStopAtLevel=1
    server_flags=
    for word in "$@"; do
        case $word in
            -*) continue ;;
            build | lock | run | push | sbom | report | compare | advisory) tiers=-XX:+TieredCompilation ;;
            # a bill of materials is scanned before the second compiler pays; a layer is not unpacked before
            scan) case "$* " in *".json "*) ;; *) tiers=-XX:+TieredCompilation ;; esac ;;
            serve) tiers=-XX:+TieredCompilation server_flags=-Xmx112m ;;
        esac
        break
    done

    # -Xlog:disable: a cache that does not fit is not the user's matter. jvm_flags and CAIRN_JAVA_OPTS are lists of words.
    # shellcheck disable=SC2086
    exec "$java" $jvm_flags $server_flags "$tiers" $aot_flag -Xlog:disable "-Dcairn.terminals=$terminals" \
        ${CAIRN_JAVA_OPTS:-} -jar "$jar" "$@"
}
