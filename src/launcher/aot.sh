# The JVM's AOT cache: classes parsed, verified and linked ahead of time, kept on the user's machine because it is tied
# to the exact build of the JDK and to the jars. Sourced by ./cairn; POSIX sh.
# Sets: aot_flag. Wants: home, jdk, jdk_build, jar, launcher, jvm_flags, kind.

# Never in the way: where no cache can be made or used, the command runs without one.
use_aot_cache() {
    aot_flag=
    [ "${CAIRN_AOT:-}" = off ] && return
    if [ -n "${XDG_CACHE_HOME:-}" ]; then
        aot=$XDG_CACHE_HOME/cairn/aot
    elif [ -n "${HOME:-}" ]; then
        aot=$HOME/.cache/cairn/aot
    else
        return
    fi
    jar_stamp || return
    cache=$aot/$stamp-$jdk_build$kind.aot
    if [ -e "$cache" ]; then
        aot_flag=-XX:AOTCache=$cache
    elif [ -e "$cache.failed" ]; then
        return
    elif [ "${CAIRN_AOT:-}" = wait ]; then
        make_aot_cache
        [ -e "$cache" ] && aot_flag=-XX:AOTCache=$cache
    else
        # beside the command, and after it: the terminal's ^C and hang-up are not for it
        (trap '' INT HUP; make_aot_cache) </dev/null >/dev/null 2>&1 &
    fi
}

# Sets stamp, the name of these jars: a number for the clone, then one for the build of its jars.
jar_stamp() {
    if [ ! -e "$launcher/stamp" ] || [ "$jar" -nt "$launcher/stamp" ]; then
        clone=$(printf '%s' "$home" | cksum) || return 1
        build=$(date +%s) || return 1
        printf '%s\n' "${clone%% *}-$build$$" >"$launcher/stamp.$$" 2>/dev/null &&
            mv "$launcher/stamp.$$" "$launcher/stamp" || return 1
    fi
    read -r stamp <"$launcher/stamp"
}

# Records a run through the usual commands and writes the cache from it; one process at a time.
make_aot_cache() {
    mkdir -p "$aot" 2>/dev/null || return
    if ! mkdir "$cache.making" 2>/dev/null; then
        # one that has been in the making for long has lost its maker
        [ -n "$(find "$cache.making" -prune -mmin +10 2>/dev/null)" ] && rm -rf "$cache.making"
        return
    fi
    # shellcheck disable=SC2086
    if nice -n 10 "$jdk/bin/java" $jvm_flags "-XX:AOTCacheOutput=$cache.making/cache" -Xlog:disable \
        -cp "$jar" dev.cairn.cli.WarmUp $kind >"$cache.making/log" 2>&1 </dev/null &&
        [ -s "$cache.making/cache" ]; then
        # what older builds of this clone left
        for old in "$aot/${stamp%%-*}"-*.aot "$aot/${stamp%%-*}"-*.failed; do
            case $old in
                "$aot/$stamp"-*) ;;
                *) rm -rf "$old" ;;
            esac
        done
        mv "$cache.making/cache" "$cache"
    else
        mv "$cache.making/log" "$cache.failed" 2>/dev/null
    fi
    rm -rf "$cache.making"
}
