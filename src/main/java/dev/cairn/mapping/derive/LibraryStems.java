package dev.cairn.mapping.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Rows for libraries of other releases: `libicu72` and `libicu76` are one `libicu#`, where the target's name has no
/// version in it, so that it is right for any of them.
final class LibraryStems {
    private LibraryStems() {}

    static List<String> rows(List<String> rows) {
        TreeMap<String, String> stems = new TreeMap<>();
        for (String row : rows) {
            String[] cells = row.split("\t", -1);
            String stem = stem(cells[0]);
            if (stem.isEmpty()) {
                continue;
            }
            String rest = kept(cells[0], cells);
            stems.merge(stem, rest, (a, b) -> a.equals(b) ? a : "");
        }
        List<String> found = new ArrayList<>();
        for (Map.Entry<String, String> each : stems.entrySet()) {
            if (!each.getValue().isEmpty()) {
                found.add(each.getKey() + "#\t" + each.getValue());
            }
        }
        return found;
    }

    /// `libicu` of `libicu72` and of `libicu72t64`; empty for what is no library with a version.
    private static String stem(String name) {
        String plain = name.endsWith("t64") ? name.substring(0, name.length() - 3) : name;
        int end = plain.length();
        while (end > 1 && "0123456789.-".indexOf(plain.charAt(end - 1)) >= 0) {
            end--;
        }
        return name.startsWith("lib") && end < plain.length() && end > 4 ? plain.substring(0, end) : "";
    }

    /// The row's cells behind the name; nothing for a target that carries a version or is not proven.
    private static String kept(String name, String[] cells) {
        boolean proven = cells[3].startsWith("s");
        String alpine = proven && !versioned(cells[1], name) ? cells[1] : "";
        String wolfi = proven && !versioned(cells[4], name) ? cells[4] : "";
        if (alpine.isEmpty() && wolfi.isEmpty()) {
            return "";
        }
        return alpine + "\t" + (alpine.isEmpty() ? "" : cells[2]) + "\t" + cells[3] + "\t" + wolfi + "\t"
                + (wolfi.isEmpty() ? "" : cells[5]);
    }

    private static boolean versioned(String target, String name) {
        String written = target.equals("=") ? name : target;
        return written.isEmpty() || Character.isDigit(written.charAt(written.length() - 1));
    }
}
