package dev.cairn.migrate.dockerfile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The users and groups that a set-up makes, with numbers as useradd gives them: from 1000 for people, from 100 for
/// services.
final class SetUpAccounts {
    final Map<String, User> users = new LinkedHashMap<>();
    final Map<String, Group> groups = new LinkedHashMap<>();
    private int nextPerson = 1000;
    private int nextService = 100;

    /// A user.
    record User(String name, int uid, int gid, String home, String shell) {}

    /// A group.
    record Group(String name, int gid, List<String> members) {
        Group {
            members = List.copyOf(members);
        }
    }

    /// What an account command's words say.
    private record Said(
            boolean system,
            @Nullable String number,
            @Nullable String group,
            @Nullable String home,
            @Nullable String shell,
            List<String> members,
            List<String> names) {}

    @Nullable
    String useradd(List<String> words) {
        return user(
                "useradd",
                read(
                        words,
                        "ugdscGkKepb",
                        Map.of(
                                "uid",
                                'u',
                                "gid",
                                'g',
                                "home",
                                'd',
                                "home-dir",
                                'd',
                                "shell",
                                's',
                                "comment",
                                'c',
                                "groups",
                                'G'),
                        "rmMlNUo"));
    }

    @Nullable
    String adduser(List<String> words) {
        Said said = read(
                words, "uGhsgk", Map.of("uid", 'u', "ingroup", 'G', "home", 'h', "shell", 's', "gecos", 'g'), "SDH");
        if (said != null && said.names.size() == 2) {
            return member(said.names.get(0), said.names.get(1));
        }
        return user("adduser", said);
    }

    @Nullable
    String groupadd(List<String> words) {
        return group("groupadd", read(words, "gKp", Map.of("gid", 'g'), "rof"));
    }

    @Nullable
    String addgroup(List<String> words) {
        Said said = read(words, "g", Map.of("gid", 'g'), "S");
        if (said != null && said.names.size() == 2) {
            return member(said.names.get(0), said.names.get(1));
        }
        return group("addgroup", said);
    }

    private @Nullable String member(String user, String name) {
        Group group = groups.get(name);
        if (group == null || !users.containsKey(user)) {
            return "a member of a group that it did not make";
        }
        List<String> members = new ArrayList<>(group.members());
        members.add(user);
        groups.put(name, new Group(name, group.gid(), members));
        return null;
    }

    private @Nullable String group(String command, @Nullable Said said) {
        if (said == null || said.names.size() != 1) {
            return command + " with options that are not known";
        }
        Integer gid = number(said.group == null ? said.number : said.group, said.system);
        if (gid == null) {
            return command + " with a group that is not a number";
        }
        groups.put(said.names.getFirst(), new Group(said.names.getFirst(), gid, List.of()));
        return null;
    }

    private @Nullable String user(String command, @Nullable Said said) {
        if (said == null || said.names.size() != 1) {
            return command + " with options that are not known";
        }
        String name = said.names.getFirst();
        Integer uid = number(said.number, said.system);
        Integer gid = uid;
        if (said.group != null) {
            Group group = groups.get(said.group);
            gid = group != null
                    ? Integer.valueOf(group.gid())
                    : isNumber(said.group) ? Integer.valueOf(said.group) : null;
        } else if (groups.containsKey(name)) {
            gid = groups.get(name).gid();
        } else if (uid != null) {
            groups.put(name, new Group(name, uid, List.of()));
        }
        if (uid == null || gid == null || uid == 0) {
            return command + " with a number or group that is not known";
        }
        users.put(
                name,
                new User(
                        name,
                        uid,
                        gid,
                        said.home == null ? "/home/" + name : said.home,
                        said.shell == null ? "/bin/sh" : said.shell));
        for (String other : said.members) {
            if (!groups.containsKey(other)) {
                return command + " in the group " + other + ", which it did not make";
            }
            member(name, other);
        }
        return null;
    }

    private @Nullable Integer number(@Nullable String given, boolean system) {
        if (given == null) {
            return system ? nextService++ : nextPerson++;
        }
        return isNumber(given) ? Integer.valueOf(given) : null;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /// `user:group` as numbers; null where one is not known.
    @Nullable
    String owner(String text) {
        int colon = text.indexOf(':');
        String user = colon < 0 ? text : text.substring(0, colon);
        String group = colon < 0 ? "" : text.substring(colon + 1);
        User known = users.get(user);
        String uid = known != null
                ? Integer.toString(known.uid())
                : isNumber(user) ? user : user.equals("root") ? "0" : null;
        String gid;
        if (group.isEmpty()) {
            gid = known != null && colon >= 0 ? Integer.toString(known.gid()) : "0";
        } else {
            Group other = groups.get(group);
            gid = other != null
                    ? Integer.toString(other.gid())
                    : isNumber(group) ? group : group.equals("root") ? "0" : null;
        }
        return uid == null || gid == null ? null : uid + ":" + gid;
    }

    /// Reads options: letters with a value, long names for these letters, and letters without.
    private static @Nullable Said read(
            List<String> words, String withValue, Map<String, Character> longs, String flags) {
        Map<Character, String> values = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        boolean system = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.startsWith("--")) {
                int equals = word.indexOf('=');
                String name = equals < 0 ? word.substring(2) : word.substring(2, equals);
                Character letter = longs.get(name);
                if (letter != null) {
                    if (equals < 0 && i + 1 >= words.size()) {
                        return null;
                    }
                    values.put(letter, equals < 0 ? words.get(++i) : word.substring(equals + 1));
                } else if (name.equals("system")) {
                    system = true;
                } else if (!isLongFlag(name)) {
                    return null;
                }
            } else if (word.startsWith("-") && word.length() > 1) {
                for (int j = 1; j < word.length(); j++) {
                    char c = word.charAt(j);
                    system |= c == 'r' || c == 'S';
                    if (withValue.indexOf(c) >= 0) {
                        boolean inside = j + 1 < word.length();
                        if (!inside && i + 1 >= words.size()) {
                            return null;
                        }
                        values.put(c, inside ? word.substring(j + 1) : words.get(++i));
                        break;
                    }
                    if (flags.indexOf(c) < 0) {
                        return null;
                    }
                }
            } else {
                names.add(word);
            }
        }
        boolean busybox = flags.contains("D");
        String group = busybox ? values.get('G') : values.get('g');
        String members = busybox ? null : values.get('G');
        String number = values.containsKey('u') ? values.get('u') : null;
        return new Said(
                system,
                number,
                group,
                values.getOrDefault('d', values.get('h')),
                values.get('s'),
                members == null ? List.of() : List.of(members.split(",", -1)),
                names);
    }

    private static boolean isLongFlag(String name) {
        return switch (name) {
            case "create-home",
                    "no-create-home",
                    "disabled-password",
                    "no-log-init",
                    "user-group",
                    "no-user-group",
                    "non-unique",
                    "force",
                    "empty-password" -> true;
            default -> false;
        };
    }
}
