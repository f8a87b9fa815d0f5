package dev.cairn.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a test's apk holds. A plain description with defaults for everything but the name and the version.
public final class ApkSpec {
    /// One entry of the data member; exactly one of `content` and `link` is set for what is no directory.
    record Entry(String path, Kind kind, int mode, long uid, long gid, byte[] content, String link) {}

    enum Kind {
        DIRECTORY,
        FILE,
        SYMLINK,
        HARDLINK
    }

    final String name;
    final String version;
    String arch = "x86_64";
    String origin;
    String description = "a test package";
    String url = "https://example.org/";
    String license = "Apache-2.0";
    String maintainer = "";
    String commit = "";
    long buildTime = 1_700_000_000L;
    long installedSize = -1;
    String providerPriority = "";
    String replacesPriority = "";
    final List<String> depends = new ArrayList<>();
    final List<String> provides = new ArrayList<>();
    final List<String> installIf = new ArrayList<>();
    final List<String> replaces = new ArrayList<>();
    final List<String> triggers = new ArrayList<>();
    final Map<String, String> scripts = new TreeMap<>();
    final Map<String, Entry> entries = new LinkedHashMap<>();

    private ApkSpec(String name, String version) {
        this.name = name;
        this.version = version;
        this.origin = name;
    }

    public static ApkSpec of(String name, String version) {
        return new ApkSpec(name, version);
    }

    public ApkSpec arch(String value) {
        arch = value;
        return this;
    }

    public ApkSpec origin(String value) {
        origin = value;
        return this;
    }

    public ApkSpec description(String value) {
        description = value;
        return this;
    }

    public ApkSpec url(String value) {
        url = value;
        return this;
    }

    public ApkSpec license(String value) {
        license = value;
        return this;
    }

    public ApkSpec maintainer(String value) {
        maintainer = value;
        return this;
    }

    public ApkSpec commit(String value) {
        commit = value;
        return this;
    }

    public ApkSpec buildTime(long seconds) {
        buildTime = seconds;
        return this;
    }

    public ApkSpec installedSize(long bytes) {
        installedSize = bytes;
        return this;
    }

    public ApkSpec providerPriority(int value) {
        providerPriority = Integer.toString(value);
        return this;
    }

    public ApkSpec replacesPriority(String value) {
        replacesPriority = value;
        return this;
    }

    public ApkSpec depends(String... values) {
        depends.addAll(List.of(values));
        return this;
    }

    public ApkSpec provides(String... values) {
        provides.addAll(List.of(values));
        return this;
    }

    public ApkSpec installIf(String... values) {
        installIf.addAll(List.of(values));
        return this;
    }

    public ApkSpec replaces(String... values) {
        replaces.addAll(List.of(values));
        return this;
    }

    public ApkSpec triggers(String... paths) {
        triggers.addAll(List.of(paths));
        return this;
    }

    /// A script by its member name without the dot: `post-install`, `trigger`.
    public ApkSpec script(String kind, String text) {
        scripts.put(kind, text);
        return this;
    }

    public ApkSpec directory(String path) {
        return directory(path, 0755, 0, 0);
    }

    public ApkSpec directory(String path, int mode, long uid, long gid) {
        return add(new Entry(path, Kind.DIRECTORY, mode, uid, gid, new byte[0], ""));
    }

    public ApkSpec file(String path, String text) {
        return file(path, 0644, text.getBytes(StandardCharsets.UTF_8));
    }

    public ApkSpec file(String path, int mode, byte[] content) {
        return file(path, mode, 0, 0, content);
    }

    public ApkSpec file(String path, int mode, long uid, long gid, byte[] content) {
        return add(new Entry(path, Kind.FILE, mode, uid, gid, content, ""));
    }

    public ApkSpec symlink(String path, String target) {
        return add(new Entry(path, Kind.SYMLINK, 0777, 0, 0, new byte[0], target));
    }

    /// A hard link to a file that is listed before it; `target` is a path of the package.
    public ApkSpec hardlink(String path, String target) {
        return add(new Entry(path, Kind.HARDLINK, 0644, 0, 0, new byte[0], target));
    }

    /// Adds the entry, and before it the directories above it that are not listed yet.
    private ApkSpec add(Entry entry) {
        for (int slash = entry.path.indexOf('/'); slash > 0; slash = entry.path.indexOf('/', slash + 1)) {
            String parent = entry.path.substring(0, slash);
            entries.computeIfAbsent(parent, p -> new Entry(p, Kind.DIRECTORY, 0755, 0, 0, new byte[0], ""));
        }
        entries.put(entry.path, entry);
        return this;
    }

    long size() {
        if (installedSize >= 0) {
            return installedSize;
        }
        return entries.values().stream().mapToLong(e -> e.content.length).sum();
    }
}
