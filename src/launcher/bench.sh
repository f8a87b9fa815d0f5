#!/bin/sh
# ./dev bench startup: how long the short commands take, the launcher included, and the floor that the JVM sets.
# Wall time on a busy machine means little: look at user + system too, and at the ratio to the floor.
set -eu
cd "$(dirname "$0")/../.."
home=$PWD
. src/launcher/jdk.sh
find_jdk
if ! command -v hyperfine >/dev/null 2>&1; then
    echo "dev: this benchmark wants hyperfine (Debian: apt-get install hyperfine)" >&2
    exit 3
fi

world=$(mktemp -d)
trap 'rm -rf "$world"' EXIT
CAIRN_AOT=wait ./cairn --version >/dev/null

set -- "$jdk/bin/java -Xshare:auto -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -version" "./cairn --version" "./cairn --help"

# A real index where the test data is at hand: a world that comes to 23 packages.
index=
for data in "${CAIRN_TEST_DATA:-}" ../shared/data ../../shared/data; do
    [ -n "$data" ] && [ -d "$data/apk/alpine-3.16" ] && index=$data/apk/alpine-3.16 && break
done
if [ -n "$index" ] && ./cairn resolve --help 2>/dev/null | grep -q 'cairn resolve'; then
    resolve="./cairn resolve --allow-untrusted --repository $index --arch x86_64 -- python3 ca-certificates-bundle busybox nano bash less"
    $resolve >"$world/packages"
    echo "resolve: $(wc -l <"$world/packages") packages"
    set -- "$@" "$resolve"
fi
hyperfine --shell=none --warmup 3 --runs 30 "$@" 2>/dev/null
