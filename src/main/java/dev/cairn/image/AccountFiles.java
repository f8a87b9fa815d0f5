package dev.cairn.image;

import dev.cairn.image.definition.Definition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Makes `/etc/passwd` and `/etc/group`: the distribution's own masters where a package brings them, else root and
/// nobody, and behind them the accounts of the definition, whose home directories are made too.
final class AccountFiles {
    private static final String WHY = "accounts of the definition";
    private static final List<String> PASSWD_MASTERS = List.of("etc/passwd", "usr/share/base-passwd/passwd.master");
    private static final List<String> GROUP_MASTERS = List.of("etc/group", "usr/share/base-passwd/group.master");

    private final Definition.Accounts accounts;
    private final Captured captured;

    AccountFiles(Definition.Accounts accounts, Captured captured) {
        this.accounts = accounts;
        this.captured = captured;
    }

    void write(TopTree top, MergedView view) {
        List<String> passwd = lines(
                PASSWD_MASTERS,
                List.of(
                        "root:x:0:0:root:/root:/sbin/nologin",
                        "nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin"));
        List<String> group = lines(GROUP_MASTERS, List.of("root:x:0:", "nogroup:x:65534:"));
        for (Definition.Group each : accounts.groups()) {
            replace(group, each.name(), each.name() + ":x:" + each.gid() + ":" + String.join(",", each.members()));
        }
        for (Definition.User each : accounts.users()) {
            replace(
                    passwd,
                    each.name(),
                    each.name() + ":x:" + each.uid() + ":" + each.gid() + ":" + each.name() + ":" + each.home() + ":"
                            + each.shell());
            if (accounts.groups().stream().noneMatch(one -> one.gid() == each.gid()) && !hasGid(group, each.gid())) {
                group.add(each.name() + ":x:" + each.gid() + ":");
            }
        }
        top.file("etc/passwd", 0644, text(passwd), WHY);
        top.file("etc/group", 0644, text(group), WHY);
        homes(top, view);
    }

    private void homes(TopTree top, MergedView view) {
        for (Definition.User each : accounts.users()) {
            String home = each.home().replaceAll("^/+|/+$", "");
            boolean shared = home.isEmpty() || home.equals("nonexistent") || home.startsWith("dev/");
            if (!shared && !view.hasDirectory(home) && top.find(home) == null) {
                top.directory(home, 0755, each.uid(), each.gid(), "home of " + each.name());
            }
        }
    }

    private List<String> lines(List<String> masters, List<String> otherwise) {
        for (String path : masters) {
            byte[] content = captured.find(path);
            if (content != null) {
                String text = new String(content, StandardCharsets.UTF_8);
                // A master has `*` where the file has `x` once passwords are shadowed, which images have none of.
                return new ArrayList<>(
                        text.lines().filter(line -> !line.isBlank()).toList());
            }
        }
        return new ArrayList<>(otherwise);
    }

    private static boolean hasGid(List<String> group, long gid) {
        return group.stream()
                .anyMatch(line -> line.split(":", -1).length > 2 && line.split(":", -1)[2].equals(Long.toString(gid)));
    }

    private static void replace(List<String> lines, String name, String line) {
        lines.removeIf(each -> each.startsWith(name + ":"));
        lines.add(line);
    }

    private static byte[] text(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// The user of the image's configuration: a number, so that Kubernetes can tell that it is not root.
    static String runAs(Definition.Accounts accounts, Captured captured) {
        if (accounts.runAs().isEmpty()) {
            return "";
        }
        String wanted = accounts.runAs().get().text();
        for (Definition.User each : accounts.users()) {
            if (each.name().equals(wanted)) {
                return Long.toString(each.uid());
            }
        }
        for (String master : PASSWD_MASTERS) {
            byte[] content = captured.find(master);
            String line = content == null
                    ? null
                    : new String(content, StandardCharsets.UTF_8)
                            .lines()
                            .filter(each -> each.startsWith(wanted + ":"))
                            .findFirst()
                            .orElse(null);
            if (line != null) {
                return line.split(":", -1)[2];
            }
        }
        return wanted;
    }
}
