package dev.cairn.packages.deb;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the alternatives that a package declares in its `postinst`. The script is never run: its simple commands are
/// read, with variables and `for` loops whose values stand in the script itself. A command with anything else in it (a
/// command's output, an argument of the script) is passed over. Conditions are not decided, so a declaration holds only
/// where the file that it names is there.
public final class Alternatives {
    private static final int LARGEST = 1 << 20;
    private static final int MOST = 1000;

    private Alternatives() {}

    /// The declarations of a maintainer script, in its order, each once.
    public static List<Alternative> of(byte[] script) {
        if (script.length > LARGEST) {
            return List.of();
        }
        String text = new String(script, StandardCharsets.UTF_8);
        if (!text.contains("update-alternatives") || text.indexOf('\0') >= 0) {
            return List.of();
        }
        List<Alternative> found = new ArrayList<>();
        Set<Alternative> seen = new HashSet<>();
        for (List<String> words : new ScriptCommands(text).commands("update-alternatives")) {
            Alternative each = alternative(words);
            if (each != null && found.size() < MOST && seen.add(each)) {
                found.add(each);
            }
        }
        return List.copyOf(found);
    }

    private static @Nullable Alternative alternative(List<String> words) {
        int install = words.indexOf("--install");
        if (install < 0 || words.size() < install + 5) {
            return null;
        }
        String link = words.get(install + 1);
        String name = words.get(install + 2);
        String path = words.get(install + 3);
        List<Alternative.Follower> followers = new ArrayList<>();
        for (int i = install + 5; i + 3 < words.size(); i++) {
            if (words.get(i).equals("--slave")) {
                Alternative.Follower follower =
                        new Alternative.Follower(words.get(i + 1), words.get(i + 2), words.get(i + 3));
                if (isSound(follower.link(), follower.name(), follower.path())) {
                    followers.add(follower);
                }
            }
        }
        try {
            int priority = Integer.parseInt(words.get(install + 4));
            return isSound(link, name, path) ? new Alternative(link, name, path, priority, followers) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean isSound(String link, String name, String path) {
        return isPath(link) && isPath(path) && isPath("/" + name) && name.indexOf('/') < 0;
    }

    private static boolean isPath(String path) {
        boolean plain = path.length() > 1
                && path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '*' && c != '?' && c != '[' && c != '"');
        return plain && path.startsWith("/") && !path.endsWith("/") && !("/" + path + "/").contains("/../");
    }
}
