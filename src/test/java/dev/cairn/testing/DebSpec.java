package dev.cairn.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a test's .deb holds. A plain description with defaults for everything but the name and the version.
public final class DebSpec {
    /// One entry of the data member; `target` is set for links only.
    record Entry(String path, Kind kind, int mode, long uid, long gid, byte[] content, String target) {}

    enum Kind {
        DIRECTORY,
        FILE,
        SYMLINK,
        HARDLINK
    }

    final String name;
    final String version;
    String architecture = "amd64";
    String compression = "xz";
    final Map<String, String> fields = new LinkedHashMap<>();
    final Map<String, byte[]> controlFiles = new TreeMap<>();
    final List<String> conffiles = new ArrayList<>();
    final Map<String, Entry> entries = new LinkedHashMap<>();

    private DebSpec(String name, String version) {
        this.name = name;
        this.version = version;
        fields.put("Maintainer", "Test <test@example.org>");
        fields.put("Section", "misc");
        fields.put("Priority", "optional");
        fields.put("Description", "a test package\n It is made by a test.");
    }

    public static DebSpec of(String name, String version) {
        return new DebSpec(name, version);
    }

    public DebSpec architecture(String value) {
        architecture = value;
        return this;
    }

    /// How control.tar and data.tar are compressed: `xz`, `gz`, `zst` or empty for not at all.
    public DebSpec compression(String value) {
        compression = value;
        return this;
    }

    /// Any control field: `field("Multi-Arch", "same")`.
    public DebSpec field(String title, String value) {
        fields.put(title, value);
        return this;
    }

    public DebSpec depends(String value) {
        return field("Depends", value);
    }

    public DebSpec provides(String value) {
        return field("Provides", value);
    }

    /// A maintainer script or another control file: `postinst`, `triggers`.
    public DebSpec control(String file, String text) {
        controlFiles.put(file, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /// A file that is listed in conffiles, too.
    public DebSpec conffile(String path, String text) {
        conffiles.add("/" + path);
        return file(path, text);
    }

    public DebSpec directory(String path) {
        return directory(path, 0755, 0, 0);
    }

    public DebSpec directory(String path, int mode, long uid, long gid) {
        return add(new Entry(path, Kind.DIRECTORY, mode, uid, gid, new byte[0], ""));
    }

    public DebSpec file(String path, String text) {
        return file(path, 0644, text.getBytes(StandardCharsets.UTF_8));
    }

    public DebSpec file(String path, int mode, byte[] content) {
        return file(path, mode, 0, 0, content);
    }

    public DebSpec file(String path, int mode, long uid, long gid, byte[] content) {
        return add(new Entry(path, Kind.FILE, mode, uid, gid, content, ""));
    }

    public DebSpec symlink(String path, String target) {
        return add(new Entry(path, Kind.SYMLINK, 0777, 0, 0, new byte[0], target));
    }

    /// A hard link to a file that is listed before it; `target` is a path of the package.
    public DebSpec hardlink(String path, String target) {
        return add(new Entry(path, Kind.HARDLINK, 0644, 0, 0, new byte[0], target));
    }

    private DebSpec add(Entry entry) {
        for (int slash = entry.path.indexOf('/'); slash > 0; slash = entry.path.indexOf('/', slash + 1)) {
            String parent = entry.path.substring(0, slash);
            entries.computeIfAbsent(parent, p -> new Entry(p, Kind.DIRECTORY, 0755, 0, 0, new byte[0], ""));
        }
        entries.put(entry.path, entry);
        return this;
    }

    /// The control paragraph.
    String controlText() {
        StringBuilder text = new StringBuilder();
        text.append("Package: ").append(name).append('\n');
        text.append("Version: ").append(version).append('\n');
        text.append("Architecture: ").append(architecture).append('\n');
        text.append("Installed-Size: 1\n");
        fields.forEach(
                (title, value) -> text.append(title).append(": ").append(value).append('\n'));
        return text.toString();
    }
}
