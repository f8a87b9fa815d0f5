package dev.cairn.sbom;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A package URL, `pkg:type/namespace/name@version?qualifiers#subpath` (package-url specification, ECMA-427). It
/// parses from its text form, liberal in what is percent-encoded, and prints in the canonical one.
///
/// What the types ask for is applied: lower case of type, and of namespace and name for those that want it
/// (`alpm`, `apk`, `bitbucket`, `composer`, `deb`, `github`, `hex`, `npm`, `pypi`, …), `_` → `-` for `pypi`.
///
/// @param type the kind of package: `deb`, `npm`, …
/// @param namespace what the name is relative to, segments joined by `/`; empty where there is none
/// @param name the package's name
/// @param version its version, or null
/// @param qualifiers further facts, by lower-case key; no empty values
/// @param subpath a path inside the package; empty where there is none
public record PackageUrl(
        String type,
        String namespace,
        String name,
        @Nullable String version,
        SortedMap<String, String> qualifiers,
        String subpath) {
    private static final String SCHEME = "pkg:";
    private static final int LONGEST = 8192;

    public PackageUrl {
        type = type.toLowerCase(Locale.ROOT);
        if (!PurlText.isType(type)) {
            throw invalid(type, "its type is '" + type + "'");
        }
        version = version == null || version.isEmpty() ? null : version;
        namespace = PurlText.normalised(type, namespace);
        name = PurlText.normalised(type, name);
        if (type.equals("pypi")) {
            name = name.replace('_', '-');
        }
        if (name.isEmpty()) {
            throw invalid(type + "/" + namespace, "it has no name");
        }
        TreeMap<String, String> sorted = new TreeMap<>();
        qualifiers.forEach((key, value) -> {
            if (!value.isEmpty()) {
                sorted.put(key.toLowerCase(Locale.ROOT), value);
            }
        });
        qualifiers = Collections.unmodifiableSortedMap(sorted);
    }

    /// A package URL without a subpath.
    public static PackageUrl of(
            String type, String namespace, String name, @Nullable String version, Map<String, String> qualifiers) {
        return new PackageUrl(type, namespace, name, version, new TreeMap<>(qualifiers), "");
    }

    /// Reads the text form.
    public static PackageUrl parse(String text) {
        if (text.length() > LONGEST) {
            throw invalid(text.substring(0, 80) + "…", "it is longer than " + LONGEST + " characters");
        }
        if (!text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw invalid(text, "it does not begin with pkg:");
        }
        try {
            return PurlText.parse(text.substring(SCHEME.length()));
        } catch (IllegalArgumentException e) {
            throw invalid(text, String.valueOf(e.getMessage()));
        }
    }

    /// Reads the text form; null where it is none.
    public static @Nullable PackageUrl parseOrNull(String text) {
        try {
            return parse(text);
        } catch (SbomException e) {
            return null;
        }
    }

    /// The qualifier, empty where there is none of this name.
    public String qualifier(String key) {
        return qualifiers.getOrDefault(key, "");
    }

    /// The name as the type's own tools write it: `group:artifact` (maven), `@scope/name` (npm), `vendor/name`
    /// (composer, golang, …), else the name alone.
    public String fullName() {
        if (namespace.isEmpty()) {
            return name;
        }
        return switch (type) {
            case "maven" -> namespace + ":" + name;
            case "npm", "golang", "composer", "github", "bitbucket", "swift" -> namespace + "/" + name;
            default -> name;
        };
    }

    private static SbomException invalid(String text, String problem) {
        return new SbomException(SbomException.Code.INVALID_PURL, "not a package URL: '" + text + "': " + problem);
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(SCHEME).append(type).append('/');
        if (!namespace.isEmpty()) {
            PurlText.encodePath(out, namespace);
            out.append('/');
        }
        PurlText.encode(out, name);
        if (version != null) {
            PurlText.encode(out.append('@'), version);
        }
        char separator = '?';
        for (Map.Entry<String, String> each : qualifiers.entrySet()) {
            out.append(separator).append(each.getKey()).append('=');
            PurlText.encodeQualifier(out, each.getValue());
            separator = '&';
        }
        if (!subpath.isEmpty()) {
            PurlText.encodePath(out.append('#'), subpath);
        }
        return out.toString();
    }
}
