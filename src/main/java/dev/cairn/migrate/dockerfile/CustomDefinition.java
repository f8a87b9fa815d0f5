package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.dockerfile.SetUp.PathEntry;
import dev.cairn.migrate.dockerfile.SetUpAccounts.Group;
import dev.cairn.migrate.dockerfile.SetUpAccounts.User;

/// Writes the definition of an image that holds what a Dockerfile's RUNs set up.
final class CustomDefinition {
    private CustomDefinition() {}

    /// The definition.
    ///
    /// @param base the definition of the image that it stands on, as `include` names it
    /// @param reference the image's reference
    static String of(SetUp setUp, String base, String fileName, String reference) {
        StringBuilder out =
                new StringBuilder("# ").append(reference).append(": what the Dockerfile's RUN lines set up.\n#\n");
        out.append("#   cairn build ")
                .append(fileName)
                .append(" --push ")
                .append(reference)
                .append("\n");
        out.append("include: ").append(quoted(base)).append('\n');
        if (!setUp.packages.isEmpty()) {
            out.append("contents:\n  packages:\n");
            setUp.packages.forEach(
                    name -> out.append("    - ").append(quoted(name)).append('\n'));
        }
        accounts(setUp.accounts, out);
        if (!setUp.paths.isEmpty()) {
            out.append("paths:\n");
            setUp.paths.values().forEach(entry -> path(entry, out));
        }
        return out.toString();
    }

    private static void accounts(SetUpAccounts accounts, StringBuilder out) {
        if (accounts.users.isEmpty() && accounts.groups.isEmpty()) {
            return;
        }
        out.append("accounts:\n");
        out.append(accounts.groups.isEmpty() ? "" : "  groups:\n");
        for (Group group : accounts.groups.values()) {
            out.append("    - groupname: ")
                    .append(quoted(group.name()))
                    .append("\n      gid: ")
                    .append(group.gid())
                    .append('\n');
            if (!group.members().isEmpty()) {
                out.append("      members:\n");
                group.members()
                        .forEach(member ->
                                out.append("        - ").append(quoted(member)).append('\n'));
            }
        }
        out.append(accounts.users.isEmpty() ? "" : "  users:\n");
        for (User user : accounts.users.values()) {
            out.append("    - username: ")
                    .append(quoted(user.name()))
                    .append("\n      uid: ")
                    .append(user.uid());
            out.append("\n      gid: ")
                    .append(user.gid())
                    .append("\n      shell: ")
                    .append(quoted(user.shell()));
            out.append("\n      homedir: ").append(quoted(user.home())).append('\n');
        }
    }

    private static void path(PathEntry entry, StringBuilder out) {
        out.append("  - path: ")
                .append(quoted(entry.path()))
                .append("\n    type: ")
                .append(entry.type())
                .append('\n');
        if (!entry.source().isEmpty()) {
            out.append("    source: ").append(quoted(entry.source())).append('\n');
        }
        if (!entry.permissions().isEmpty()) {
            out.append("    permissions: 0o")
                    .append(entry.permissions().substring(1))
                    .append('\n');
        }
        if (!entry.owner().isEmpty()) {
            int colon = entry.owner().indexOf(':');
            out.append("    uid: ").append(entry.owner(), 0, colon);
            out.append("\n    gid: ").append(entry.owner().substring(colon + 1)).append('\n');
        }
    }

    /// A YAML scalar: plain where that is safe, else in double quotes.
    private static String quoted(String text) {
        boolean plain = !text.isEmpty() && (Character.isLetter(text.charAt(0)) || text.charAt(0) == '/');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            plain &= (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "/._+~=-".indexOf(c) >= 0;
        }
        boolean word = switch (text) {
            case "true",
                    "false",
                    "null",
                    "yes",
                    "no",
                    "on",
                    "off",
                    "y",
                    "n",
                    "True",
                    "False",
                    "Yes",
                    "No",
                    "On",
                    "Off" -> true;
            default -> false;
        };
        return plain && !word ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
