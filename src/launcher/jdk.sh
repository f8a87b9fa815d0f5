# Finds a JDK. Sourced by ./cairn and ./dev; POSIX sh. Sets: jdk (its home), jdk_build (its exact build).

wanted_java=25

# Sets jdk and jdk_build when $1 is the home of a JDK that is new enough. Reads its `release` file: no JVM is started.
is_jdk() {
    [ -r "$1/release" ] && [ -x "$1/bin/javac" ] || return 1
    version= build= vendor=
    while IFS== read -r key value; do
        value=${value#\"}
        value=${value%\"}
        case $key in
            JAVA_VERSION) version=$value ;;
            JAVA_RUNTIME_VERSION) build=$value ;;
            IMPLEMENTOR) vendor=$value ;;
        esac
    done <"$1/release"
    major=${version%%[!0-9]*}
    [ -n "$major" ] && [ "$major" -ge $wanted_java ] || return 1
    jdk=$1
    jdk_build=${build:-$version}-${vendor%% *}
}

# The JDK to use: the one that is named, the one on the PATH, else the first of the usual places.
find_jdk() {
    if [ -n "${CAIRN_JAVA_HOME:-}" ]; then
        is_jdk "$CAIRN_JAVA_HOME" && return
        echo "cairn: error: CAIRN_JAVA_HOME is not a JDK $wanted_java or newer: $CAIRN_JAVA_HOME" >&2
        exit 3
    fi
    [ -n "${JAVA_HOME:-}" ] && is_jdk "$JAVA_HOME" && return
    # What was found last time, while the PATH is the same: looking up what `java` links to takes a process.
    if [ -r "$home/target/launcher/jdk" ]; then
        { read -r found && read -r path; } <"$home/target/launcher/jdk"
        [ "$path" = "$PATH" ] && is_jdk "$found" && return
    fi
    if search_jdk; then
        mkdir -p "$home/target/launcher" 2>/dev/null &&
            printf '%s\n%s\n' "$jdk" "$PATH" >"$home/target/launcher/jdk.$$" 2>/dev/null &&
            mv "$home/target/launcher/jdk.$$" "$home/target/launcher/jdk"
        return
    fi
    {
        echo "cairn: error: no JDK $wanted_java or newer found (looked at JAVA_HOME, the PATH, /usr/lib/jvm, /opt, ~/.sdkman, ~/.jdks and, on macOS, the system's folder)"
        echo "try: install a JDK $wanted_java, for example Temurin (Debian: temurin-$wanted_java-jdk or openjdk-$wanted_java-jdk; macOS: brew install openjdk)"
        echo "try: JAVA_HOME=/path/to/jdk-$wanted_java $0 …"
    } >&2
    exit 3
}

search_jdk() {
    if command -v java >/dev/null 2>&1; then
        java=$(readlink -f "$(command -v java)" 2>/dev/null) || java=
        [ -n "$java" ] && is_jdk "${java%/bin/java}" && return
    fi
    for candidate in /usr/lib/jvm/* /usr/java/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /opt/* /opt/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        is_jdk "$candidate" && return
    done
    return 1
}
