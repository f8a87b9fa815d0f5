package dev.cairn.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Who runs in the sandbox, by docker's rules: a number need not be in passwd; without an explicit group the user's
/// own group holds, and the groups that list the user; an explicit group is the only one.
///
/// @param groups supplementary groups, sorted
record SandboxUser(int uid, int gid, List<Integer> groups, String home) {
    private static final long MAX_FILE = 1 << 20;

    /// The user of docker's `USER[:GROUP]` by the root's own files.
    static SandboxUser resolve(Path root, String text) throws IOException {
        int colon = text.indexOf(':');
        String user = colon < 0 ? text : text.substring(0, colon);
        String group = colon < 0 ? "" : text.substring(colon + 1);
        String wanted = user.isEmpty() ? "0" : user;
        List<String[]> groups = rows(root, "/etc/group", 3);
        String[] row = row(rows(root, "/etc/passwd", 4), wanted);
        int uid = row == null ? number(wanted, "user", "/etc/passwd") : number(row[2], "user", "/etc/passwd");
        int gid = row == null ? 0 : number(row[3], "group", "/etc/passwd");
        TreeSet<Integer> others = new TreeSet<>();
        if (!group.isEmpty()) {
            String[] own = row(groups, group);
            gid = number(own == null ? group : own[2], "group", "/etc/group");
        } else if (row != null) {
            for (String[] other : groups) {
                if (other.length > 3 && List.of(other[3].split(",", -1)).contains(row[0])) {
                    others.add(number(other[2], "group", "/etc/group"));
                }
            }
        }
        return new SandboxUser(uid, gid, new ArrayList<>(others), row == null || row.length < 6 ? "/" : row[5]);
    }

    /// The row of this name, else the first of this number.
    private static String @Nullable [] row(List<String[]> rows, String wanted) {
        for (int column : new int[] {0, 2}) {
            for (String[] row : rows) {
                if (row[column].equals(wanted)) {
                    return row;
                }
            }
        }
        return null;
    }

    private static int number(String text, String what, String file) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw new SandboxException(
                SandboxException.Code.NO_SUCH_USER, "the image's " + file + " has no " + what + " '" + text + "'");
    }

    private static List<String[]> rows(Path root, String path, int columns) throws IOException {
        List<String[]> rows = new ArrayList<>();
        Path file = RootPaths.file(root, path);
        if (file == null) {
            return rows;
        }
        if (Files.size(file) > MAX_FILE) {
            throw new SandboxException(
                    SandboxException.Code.INVALID, "the image's " + path + " is larger than " + MAX_FILE + " bytes");
        }
        // a byte is a character: names in odd encodings must not stop the look-up of others
        for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            String[] row = line.split(":", -1);
            if (row.length >= columns && !line.startsWith("#")) {
                rows.add(row);
            }
        }
        return rows;
    }
}
