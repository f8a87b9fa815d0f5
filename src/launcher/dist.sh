#!/bin/sh
# ./dev dist: a folder and a tarball that run on a machine without Java. Wants target/cairn.jar.
#
#   dist.sh [--no-aot] [FOLDER]   the default folder is target/dist
#
# FOLDER/cairn: launcher, jars, a runtime of the modules they use, and an AOT cache for exactly these.
# FOLDER/cairn-VERSION-linux-ARCH.tar.gz: the same. All but the AOT cache are the same bytes for the same JDK and sources;
# with --no-aot the tarball is.
set -eu
home=$(cd "$(dirname "$0")/../.." && pwd)
. "$home/src/launcher/jdk.sh"
. "$home/src/launcher/start.sh"
find_jdk

aot=yes
[ "${1:-}" = --no-aot ] && { aot=no; shift; }
out=${1:-$home/target/dist}
if [ ! -e "$home/target/cairn.jar" ]; then
    echo "dev: there is no target/cairn.jar (./dev dist makes it)" >&2
    exit 3
fi
version=$(sed -n 's/^  <version>\(.*\)<\/version>$/\1/p' "$home/pom.xml" | head -n 1)
case $(uname -m) in
    x86_64) arch=amd64 ;;
    aarch64) arch=arm64 ;;
    *) arch=$(uname -m) ;;
esac
name=cairn-$version-linux-$arch
dist=$out/cairn
rm -rf "$dist" "$out/classes" "$out/$name.tar.gz"
mkdir -p "$dist/lib"

cp "$home/src/launcher/packaged.sh" "$dist/cairn"
cp "$home/src/launcher/start.sh" "$dist/lib/start.sh"
cp "$home/LICENSE" "$dist/LICENSE"
cp "$home/target/cairn.jar" "$dist/cairn.jar"
cp "$home"/target/lib/*.jar "$dist/lib/"
# A sealed package in the AOT cache belongs to the place where the cache was made: elsewhere the JVM would not start.
printf 'Sealed: false\n' >"$out/unsealed"
(cd "$out" && "$jdk/bin/jar" --update --file "$dist"/lib/xz-*.jar --date 2026-01-01T00:00:00Z --manifest unsealed) 2>/dev/null
rm "$out/unsealed"

# What the classes use, as if they were one jar. Left out is jackson-databind, which touches java.desktop and java.sql
# only where they are there (for the annotations and types of these modules): whether they are in is for others to say.
(mkdir "$out/classes" && cd "$out/classes" && for jar in "$dist/cairn.jar" "$dist"/lib/*.jar; do "$jdk/bin/jar" -xf "$jar"; done)
rm -rf "$out/classes/module-info.class" "$out/classes/META-INF" "$out/classes/tools/jackson/databind"
modules=$("$jdk/bin/jdeps" --ignore-missing-deps --multi-release 25 --print-module-deps "$out/classes")
rm -rf "$out/classes"
"$jdk/bin/jlink" --add-modules "$modules" --output "$dist/runtime" --strip-java-debug-attributes \
    --no-header-files --no-man-pages --vm server

# Dates count: the AOT cache knows its jars by theirs. Images have this one too.
date=@0
chmod -R u=rwX,go=rX "$dist"
find "$dist" -exec touch -h -d "$date" {} +
if [ $aot = yes ]; then
    for kind in '' -large; do
        # shellcheck disable=SC2086
        LC_ALL=C.UTF-8 "$dist/runtime/bin/java" $jvm_flags "-XX:AOTCacheOutput=$dist/cairn$kind.aot" -Xlog:disable \
            -cp "$dist/cairn.jar" dev.cairn.cli.WarmUp $kind >"$out/aot.log" 2>&1 </dev/null
    done
    rm -f "$out/aot.log"
    chmod 644 "$dist"/cairn*.aot
    touch -d "$date" "$dist"/cairn*.aot "$dist"
fi

tar -C "$out" --sort=name --owner=0 --group=0 --numeric-owner --mtime="$date" --format=gnu \
    --transform "s,^cairn,$name,S" -cf - cairn | gzip -n -9 >"$out/$name.tar.gz.new"
mv "$out/$name.tar.gz.new" "$out/$name.tar.gz"
echo "$out/$name.tar.gz: $(du -k "$out/$name.tar.gz" | cut -f1) kB; unpacked $(du -sk "$dist" | cut -f1) kB; Java modules $modules"
