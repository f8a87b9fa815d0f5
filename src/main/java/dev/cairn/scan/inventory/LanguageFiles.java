package dev.cairn.scan.inventory;

import dev.cairn.oci.JsonObject;
import dev.cairn.oci.OciException;
import dev.cairn.sbom.PackageUrl;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The small files by which packages of languages show: which they are, and what they say.
final class LanguageFiles {
    /// What sort of metadata a file is.
    enum Kind {
        NPM,
        PYTHON,
        GEM
    }

    private LanguageFiles() {}

    /// What the path is, or null where it is none of these.
    static @Nullable Kind kind(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        String folder = path.substring(0, Math.max(0, path.length() - name.length() - 1));
        if (name.equals("package.json")) {
            return isNodeModule(folder) ? Kind.NPM : null;
        }
        boolean python = (name.equals("METADATA") && folder.endsWith(".dist-info"))
                || (name.equals("PKG-INFO") && folder.endsWith(".egg-info"))
                || (name.equals("PKG-INFO") && folder.endsWith(".egg/EGG-INFO"))
                || name.endsWith(".egg-info");
        if (python) {
            return Kind.PYTHON;
        }
        boolean specification = folder.endsWith("/specifications") || folder.endsWith("/specifications/default");
        return specification && name.endsWith(".gemspec") ? Kind.GEM : null;
    }

    /// `…/node_modules/name` or `…/node_modules/@scope/name`.
    private static boolean isNodeModule(String folder) {
        int slash = folder.lastIndexOf('/');
        String parent = slash < 0 ? "" : folder.substring(0, slash);
        int above = parent.lastIndexOf('/');
        String last = parent.substring(above + 1);
        return last.equals("node_modules")
                || (last.startsWith("@") && (parent.substring(0, Math.max(0, above)) + "/").endsWith("node_modules/"));
    }

    /// The package that the file describes, or null where it describes none.
    static @Nullable PackageUrl read(Kind kind, byte[] content, String path) {
        return switch (kind) {
            case NPM -> npm(content, path);
            case PYTHON -> python(content);
            case GEM -> gem(content, path);
        };
    }

    private static @Nullable PackageUrl npm(byte[] content, String path) {
        try {
            JsonObject json = JsonObject.parse(content, path, content.length);
            String name = json.optionalString("name");
            String version = json.optionalString("version");
            if (name == null || version == null) {
                return null;
            }
            int slash = name.startsWith("@") ? name.indexOf('/') : -1;
            return slash < 0
                    ? Evidence.purl("npm", "", name, version)
                    : Evidence.purl("npm", name.substring(0, slash), name.substring(slash + 1), version);
        } catch (OciException e) {
            // a package of npm may bring a package.json of any kind, for its own tests
            return null;
        }
    }

    /// The header of core metadata (PEP 566): `Name:` and `Version:` before the first empty line.
    private static @Nullable PackageUrl python(byte[] content) {
        String name = "";
        String version = "";
        for (String line : new String(content, StandardCharsets.UTF_8).split("\n", 2000)) {
            String text = line.strip();
            if (text.isEmpty()) {
                break;
            }
            if (text.startsWith("Name:") && name.isEmpty()) {
                name = text.substring(5).strip();
            } else if (text.startsWith("Version:") && version.isEmpty()) {
                version = text.substring(8).strip();
            }
        }
        return Evidence.purl("pypi", "", name, version);
    }

    /// `s.name = "rails".freeze` and `s.version = "7.0.4"`, else what the file is called.
    private static @Nullable PackageUrl gem(byte[] content, String path) {
        String name = "";
        String version = "";
        for (String line : new String(content, StandardCharsets.UTF_8).split("\n", 2000)) {
            String text = line.strip();
            if (name.isEmpty() && text.startsWith("s.name =")) {
                name = quoted(text);
            } else if (version.isEmpty() && text.startsWith("s.version =")) {
                version = quoted(text);
            }
        }
        if (name.isEmpty() || version.isEmpty()) {
            String file = path.substring(path.lastIndexOf('/') + 1, path.length() - ".gemspec".length());
            int dash = file.lastIndexOf('-');
            if (dash <= 0) {
                return null;
            }
            name = file.substring(0, dash);
            version = file.substring(dash + 1);
        }
        return Evidence.purl("gem", "", name, version);
    }

    private static String quoted(String text) {
        int start = text.indexOf('"');
        int end = start < 0 ? -1 : text.indexOf('"', start + 1);
        return end < 0 ? "" : text.substring(start + 1, end);
    }

    /// The kind of package database or manifest that is seen and not read, or null.
    static @Nullable String unread(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        boolean rpm = path.startsWith("var/lib/rpm/")
                || path.startsWith("usr/lib/sysimage/rpm/")
                || path.startsWith("usr/share/rpm/");
        if (rpm && (name.equals("packages") || name.equals("packages.db") || name.equals("rpmdb.sqlite"))) {
            return "rpm database";
        }
        if (path.startsWith("var/lib/pacman/local/") && name.equals("desc")) {
            return "pacman database";
        }
        if (path.endsWith("vendor/composer/installed.json")) {
            return "composer (PHP) packages";
        }
        if (name.endsWith(".deps.json")) {
            return ".NET packages";
        }
        if (path.contains("/conda-meta/") && name.endsWith(".json")) {
            return "conda packages";
        }
        if (path.startsWith("nix/store/") && name.endsWith(".drv")) {
            return "nix packages";
        }
        return null;
    }
}
