package dev.cairn.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// bubblewrap's command line for a root that the stage has prepared. Started by root for another user it is that
/// user who starts it, so that files keep their owners: bubblewrap alone would show root's files as the user's.
final class BubblewrapCommand {
    /// The descriptor on which the filter is open.
    static final int FILTER = 9;

    private final SandboxSpec spec;
    private final SandboxUser user;
    private final Host host;

    BubblewrapCommand(SandboxSpec spec, SandboxUser user, Host host) {
        this.spec = spec;
        this.user = user;
        this.host = host;
    }

    /// Whether root starts it for somebody else.
    boolean dropsUser() {
        return host.privileged() && user.uid() != 0;
    }

    List<String> arguments(String root, Map<String, String> env) {
        List<String> args = new ArrayList<>();
        if (host.privileged()) {
            String groups =
                    String.join(",", user.groups().stream().map(String::valueOf).toList());
            args.addAll(List.of(
                    host.require("setpriv", "util-linux"),
                    "--reuid=" + user.uid(),
                    "--regid=" + user.gid(),
                    groups.isEmpty() ? "--clear-groups" : "--groups=" + groups));
        }
        args.add(host.require("bwrap", "bubblewrap"));
        args.addAll(namespaces());
        args.addAll(List.of("--bind", root, "/", "--proc", "/proc", "--dev", "/dev"));
        args.addAll(List.of("--perms", "1777", "--tmpfs", "/dev/shm"));
        if (!spec.writable()) {
            args.addAll(List.of("--remount-ro", "/"));
        }
        args.addAll(List.of("--chdir", spec.workDir().isEmpty() ? "/" : spec.workDir(), "--cap-drop", "ALL"));
        spec.capabilities().forEach(name -> args.addAll(List.of("--cap-add", "CAP_" + name)));
        args.addAll(List.of("--seccomp", String.valueOf(FILTER), "--clearenv"));
        env.forEach((name, value) -> args.addAll(List.of("--setenv", name, value)));
        args.add("--");
        args.addAll(spec.command());
        return args;
    }

    private List<String> namespaces() {
        List<String> args = new ArrayList<>(List.of("--unshare-pid", "--unshare-ipc", "--unshare-uts"));
        args.addAll(List.of("--unshare-cgroup-try", "--die-with-parent", "--as-pid-1", "--hostname", spec.hostname()));
        if (spec.network() == Network.NONE) {
            args.add("--unshare-net");
        }
        // root in a user namespace of its own loses its bounding set, too; given capabilities are to be real ones
        if (!host.privileged() || dropsUser() || spec.capabilities().isEmpty()) {
            args.addAll(List.of("--unshare-user", "--uid", String.valueOf(user.uid())));
            args.addAll(List.of("--gid", String.valueOf(user.gid())));
        }
        if (!spec.terminal()) {
            args.add("--new-session");
        }
        return args;
    }
}
