package dev.cairn.inspect;

import dev.cairn.packages.Ecosystem;
import dev.cairn.packages.deb.ControlFields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads the package databases of images: apk's `installed`, dpkg's `status`, and the one-file-a-package `status.d`
/// of distroless images. dpkg's rows count unless their state says that nothing is unpacked.
public final class PackageDatabases {
    /// The longest database that is read, in bytes.
    public static final int LONGEST = 64 << 20;

    private static final String STATUS_D = "var/lib/dpkg/status.d/";

    private PackageDatabases() {}

    /// Whether a path is that of a package database.
    public static boolean isDatabase(String path) {
        return isApk(path) || isDpkg(path);
    }

    private static boolean isApk(String path) {
        return path.equals("lib/apk/db/installed") || path.equals("usr/lib/apk/db/installed");
    }

    private static boolean isDpkg(String path) {
        return path.equals("var/lib/dpkg/status")
                || (path.startsWith(STATUS_D)
                        && path.indexOf('/', STATUS_D.length()) < 0
                        && !path.endsWith(".md5sums"));
    }

    /// The packages of the database at this path. What is no database is the exception of the room that reads it.
    public static List<FoundPackage> read(String path, byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        return isApk(path) ? apk(text) : dpkg(text);
    }

    private static List<FoundPackage> apk(String text) {
        List<FoundPackage> found = new ArrayList<>();
        TreeMap<Character, String> fields = new TreeMap<>();
        int start = 0;
        while (start <= text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            if (end == start) {
                addApk(fields, found);
                fields.clear();
            } else if (end > start + 1 && text.charAt(start + 1) == ':') {
                fields.putIfAbsent(text.charAt(start), text.substring(start + 2, end));
            }
            start = end + 1;
        }
        addApk(fields, found);
        return found;
    }

    private static void addApk(Map<Character, String> fields, List<FoundPackage> found) {
        String name = fields.getOrDefault('P', "");
        if (name.isEmpty()) {
            return;
        }
        String version = fields.getOrDefault('V', "");
        found.add(new FoundPackage(
                Ecosystem.APK,
                name,
                version,
                fields.getOrDefault('A', ""),
                fields.getOrDefault('o', name),
                version,
                fields.getOrDefault('L', "")));
    }

    private static List<FoundPackage> dpkg(String text) {
        List<FoundPackage> found = new ArrayList<>();
        for (ControlFields each : ControlFields.parseAll(text)) {
            String status = each.get("Status", "");
            boolean absent = status.endsWith(" not-installed") || status.endsWith(" config-files");
            if (!each.get("Package", "").isEmpty() && !absent) {
                found.add(dpkg(each));
            }
        }
        return found;
    }

    /// `Source` may carry the source's version in parentheses; where it is missing, source and package are the same.
    private static FoundPackage dpkg(ControlFields fields) {
        String name = fields.require("Package");
        String version = fields.get("Version", "");
        String source = fields.get("Source", name);
        int open = source.indexOf('(');
        int close = source.indexOf(')', open + 1);
        String sourceVersion = open > 0 && close > open ? source.substring(open + 1, close) : version;
        return new FoundPackage(
                Ecosystem.DEB,
                name,
                version,
                fields.get("Architecture", ""),
                open > 0 ? source.substring(0, open).strip() : source,
                sourceVersion,
                "");
    }
}
