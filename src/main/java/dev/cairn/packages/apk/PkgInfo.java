package dev.cairn.packages.apk;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The `.PKGINFO` of a package: `key = value` lines, in their order; a key may be there several times.
public record PkgInfo(List<Field> fields) {

    /// One line.
    public record Field(String key, String value) {}

    public PkgInfo {
        fields = List.copyOf(fields);
    }

    /// Reads the file. Comments and lines of another form are passed over, as apk does.
    public static PkgInfo parse(byte[] text) {
        List<Field> fields = new ArrayList<>();
        for (String line : new String(text, StandardCharsets.UTF_8).split("\n", -1)) {
            int equals = line.indexOf(" = ");
            if (equals > 0 && line.charAt(0) != '#') {
                fields.add(new Field(line.substring(0, equals), line.substring(equals + 3)));
            }
        }
        return new PkgInfo(fields);
    }

    /// The first value of this key.
    public Optional<String> find(String key) {
        for (Field field : fields) {
            if (field.key.equals(key)) {
                return Optional.of(field.value);
            }
        }
        return Optional.empty();
    }

    /// All values of this key, in order.
    public List<String> all(String key) {
        List<String> values = new ArrayList<>();
        for (Field field : fields) {
            if (field.key.equals(key)) {
                values.add(field.value);
            }
        }
        return values;
    }

    /// The value of a key that each package has.
    ///
    /// @throws ApkException ([ApkException.Code#PACKAGE_FORMAT])
    String required(String key) {
        return find(key)
                .orElseThrow(() ->
                        new ApkException(ApkException.Code.PACKAGE_FORMAT, "a .PKGINFO without '" + key + " = …'"));
    }

    public String name() {
        return required("pkgname");
    }

    public String version() {
        return required("pkgver");
    }

    public String architecture() {
        return required("arch");
    }

    /// The source package; the package's own name where none is said.
    public String origin() {
        return find("origin").orElseGet(this::name);
    }

    /// The paths (with wildcards) whose change runs the package's trigger script.
    public List<String> triggers() {
        return words("triggers");
    }

    /// The packages whose files this one may overwrite.
    public List<String> replaces() {
        return words("replaces");
    }

    /// The higher of two packages' priorities decides whose file stays.
    public int replacesPriority() {
        return number("replaces_priority");
    }

    private List<String> words(String key) {
        List<String> words = new ArrayList<>();
        for (String value : all(key)) {
            for (String word : value.split(" ", -1)) {
                if (!word.isEmpty()) {
                    words.add(word);
                }
            }
        }
        return words;
    }

    private int number(String key) {
        try {
            return Integer.parseInt(find(key).orElse("0"));
        } catch (NumberFormatException e) {
            throw new ApkException(ApkException.Code.PACKAGE_FORMAT, "a .PKGINFO whose " + key + " is no number", e);
        }
    }
}
