package dev.cairn.archive;

import dev.cairn.archive.ArchiveException.Code;

/// Paths inside an archive: relative, separated by `/`, without empty, `.` and `..` segments. The root is "".
final class TarPath {
    private TarPath() {}

    /// Drops `./`, doubled and trailing slashes; refuses what leads out of the tree.
    static String normalise(String path, String what) {
        if (isNormal(path)) {
            return path;
        }
        if (path.startsWith("/")) {
            throw unsafe(what, path, "is absolute");
        }
        if (path.indexOf('\0') >= 0) {
            throw unsafe(what, path, "contains a NUL");
        }
        StringBuilder normal = new StringBuilder(path.length());
        int start = 0;
        while (start < path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            appendSegment(normal, path, start, end, what);
            start = end + 1;
        }
        return normal.toString();
    }

    private static void appendSegment(StringBuilder normal, String path, int start, int end, String what) {
        int length = end - start;
        if (length == 0 || (length == 1 && path.charAt(start) == '.')) {
            return;
        }
        if (length == 2 && path.startsWith("..", start)) {
            throw unsafe(what, path, "contains '..'");
        }
        if (!normal.isEmpty()) {
            normal.append('/');
        }
        normal.append(path, start, end);
    }

    static boolean isNormal(String path) {
        int start = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '\0') {
                return false;
            }
            if (c == '/') {
                if (!isSegment(path, start, i)) {
                    return false;
                }
                start = i + 1;
            }
        }
        return path.isEmpty() || isSegment(path, start, path.length());
    }

    private static boolean isSegment(String path, int start, int end) {
        int length = end - start;
        boolean dots = (length == 1 && path.charAt(start) == '.') || (length == 2 && path.startsWith("..", start));
        return length > 0 && !dots;
    }

    /// The parent of a normal path, "" for a top entry.
    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /// How many segments a normal path has.
    static int depth(String path) {
        int depth = path.isEmpty() ? 0 : 1;
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '/') {
                depth++;
            }
        }
        return depth;
    }

    /// A path as messages show it: quoted, without control characters, of bounded length.
    static String quote(String path) {
        StringBuilder text = new StringBuilder("'");
        for (int i = 0; i < Math.min(path.length(), 200); i++) {
            char c = path.charAt(i);
            text.append(Character.isISOControl(c) ? '?' : c);
        }
        return text.append(path.length() > 200 ? "…'" : "'").toString();
    }

    private static ArchiveException unsafe(String what, String path, String why) {
        return new ArchiveException(Code.UNSAFE_PATH, what + " " + quote(path) + " " + why);
    }
}
