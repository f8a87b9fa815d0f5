# Compiles when it must. Sourced by ./cairn; POSIX sh. Sets: jar. Wants: home, jdk.

jar=$home/target/cairn.jar
launcher=$home/target/launcher

# `launcher/built` has the time at which the last build began. Folders count too: their times tell of files that are gone.
is_stale() {
    [ -e "$jar" ] || return 0
    since=$launcher/built
    [ -e "$since" ] || since=$jar
    [ -n "$(find "$home/pom.xml" "$home/.mvn" "$home/src/main" "$home/src/build" -newer "$since" -print -quit)" ]
}

build_if_stale() {
    is_stale || return 0
    mkdir -p "$launcher" || exit 3
    take_build_lock
    if is_stale; then
        compile
    fi
    rm -rf "$launcher/building"
}

# One process compiles, others wait for it. A lock whose owner is gone is taken over.
take_build_lock() {
    told=
    until mkdir "$launcher/building" 2>/dev/null; do
        owner=
        [ -r "$launcher/building/pid" ] && read -r owner <"$launcher/building/pid"
        if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
            rm -rf "$launcher/building"
            continue
        fi
        [ -n "$told" ] || echo "cairn: waiting for another cairn that is compiling" >&2
        told=yes
        sleep 0.3
    done
    echo $$ >"$launcher/building/pid"
    trap 'rm -rf "$launcher/building"; exit 130' INT TERM HUP
}

compile() {
    if ! command -v mvn >/dev/null 2>&1; then
        rm -rf "$launcher/building"
        echo "cairn: error: Cairn must be compiled, and Maven (mvn) is not on the PATH" >&2
        echo "try: install it (Debian: apt-get install maven; macOS: brew install maven)" >&2
        exit 3
    fi
    if [ -e "$jar" ]; then
        echo "cairn: sources have changed, compiling …" >&2
    else
        echo "cairn: first run: compiling, this takes a minute or two (libraries are downloaded once) …" >&2
    fi
    : >"$launcher/began"
    if ! (cd "$home" && JAVA_HOME=$jdk mvn -q -B -Punchecked -Dmaven.test.skip=true package) >"$launcher/build.log" 2>&1 </dev/null; then
        rm -rf "$launcher/building"
        grep -E '^\[(ERROR|WARNING)\]' "$launcher/build.log" | head -n 20 >&2
        echo "cairn: error: it does not compile; Maven's words are above and in $launcher/build.log" >&2
        exit 3
    fi
    mv "$launcher/began" "$launcher/built"
    trap - INT TERM HUP
}
