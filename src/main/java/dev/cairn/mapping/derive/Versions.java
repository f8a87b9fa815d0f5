package dev.cairn.mapping.derive;

import java.util.ArrayList;
import java.util.List;

/// Versions in package names: `boost1.77-dev`, `clang14`, `libgtk-3-0`.
final class Versions {
    private Versions() {}

    /// Whether a package only describes a library for other languages.
    static boolean isBinding(String name) {
        return name.startsWith("gir1.2-");
    }

    /// Whether the target's name says no other version than the source's name: it has none, or the source has an equal
    /// one, or one that is equal as far as it goes (`libgtk-3-0`, `gtk+3.0`).
    static boolean agree(String source, String target) {
        List<String> has = numbers(source, 1);
        for (String number : numbers(target, 2)) {
            String major = major(number);
            boolean found = has.stream()
                    .anyMatch(each -> each.equals(number)
                            || (major(each).equals(major) && (each.indexOf('.') < 0 || number.indexOf('.') < 0)));
            if (!found) {
                return false;
            }
        }
        return true;
    }

    /// The name without the number that ends its first word: `boost-dev`.
    static String without(String target) {
        StringBuilder plain = new StringBuilder();
        int dash = target.indexOf('-');
        String first = dash < 0 ? target : target.substring(0, dash);
        int end = first.length();
        while (end > 0 && isVersion(first.charAt(end - 1))) {
            end--;
        }
        return plain.append(first, 0, end)
                .append(target, first.length(), target.length())
                .toString();
    }

    /// Runs of digits and dots of at least this length; single digits often belong to a name (`bzip2`).
    private static List<String> numbers(String name, int least) {
        List<String> all = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= name.length(); i++) {
            boolean inside = i < name.length() && isVersion(name.charAt(i));
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                if (i - start >= least) {
                    all.add(name.substring(start, i));
                }
                start = -1;
            }
        }
        return all;
    }

    private static boolean isVersion(char c) {
        return (c >= '0' && c <= '9') || c == '.';
    }

    private static String major(String number) {
        int dot = number.indexOf('.');
        return dot < 0 ? number : number.substring(0, dot);
    }
}
