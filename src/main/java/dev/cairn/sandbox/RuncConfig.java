package dev.cairn.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The `config.json` of an OCI bundle (OCI runtime specification 1.0.2, "Configuration") whose root the stage has
/// prepared: what is left are the kernel's own file systems, namespaces, limits and filters.
final class RuncConfig {
    private static final List<String> MASKED = List.of(
            "/proc/acpi",
            "/proc/asound",
            "/proc/interrupts",
            "/proc/kcore",
            "/proc/keys",
            "/proc/latency_stats",
            "/proc/sched_debug",
            "/proc/scsi",
            "/proc/timer_list",
            "/proc/timer_stats",
            "/sys/devices/virtual/powercap",
            "/sys/firmware");
    private static final List<String> READ_ONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    private final SandboxSpec spec;
    private final SandboxUser user;
    private final Host host;

    RuncConfig(SandboxSpec spec, SandboxUser user, Host host) {
        this.spec = spec;
        this.user = user;
        this.host = host;
    }

    String json(String root, Map<String, String> env, Seccomp seccomp) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("ociVersion", "1.0.2");
        config.put("process", process(env));
        config.put("root", Map.of("path", root, "readonly", !spec.writable()));
        config.put("hostname", spec.hostname());
        config.put("mounts", mounts());
        config.put("linux", linux(seccomp));
        return Json.of(config);
    }

    private Map<String, Object> process(Map<String, String> env) {
        List<String> variables = new ArrayList<>();
        env.forEach((name, value) -> variables.add(name + "=" + value));
        List<String> capabilities =
                spec.capabilities().stream().map(name -> "CAP_" + name).toList();
        Map<String, Object> process = new LinkedHashMap<>();
        process.put("terminal", spec.terminal());
        process.put("user", Map.of("uid", user.uid(), "gid", user.gid(), "additionalGids", user.groups()));
        process.put("args", spec.command());
        process.put("env", variables);
        process.put("cwd", spec.workDir().isEmpty() ? "/" : spec.workDir());
        process.put("noNewPrivileges", true);
        // ambient, because nothing else reaches a user other than root who may not gain privileges
        process.put(
                "capabilities",
                Map.of(
                        "bounding", capabilities,
                        "effective", capabilities,
                        "permitted", capabilities,
                        "inheritable", capabilities,
                        "ambient", capabilities));
        return process;
    }

    private List<Object> mounts() {
        List<Object> mounts = new ArrayList<>();
        mounts.add(mount("/proc", "proc", "nosuid", "noexec", "nodev"));
        mounts.add(mount("/dev", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k"));
        mounts.add(mount(
                "/dev/pts",
                "devpts",
                host.privileged()
                        ? List.of("nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5")
                        : List.of("nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620")));
        mounts.add(mount("/dev/shm", "tmpfs", "nosuid", "noexec", "nodev", "mode=1777", "size=65536k"));
        mounts.add(mount("/dev/mqueue", "mqueue", "nosuid", "noexec", "nodev"));
        if (spec.network() == Network.NONE || host.privileged()) {
            mounts.add(mount("/sys", "sysfs", "nosuid", "noexec", "nodev", "ro"));
        }
        if (host.privileged()) {
            mounts.add(mount("/sys/fs/cgroup", "cgroup", "nosuid", "noexec", "nodev", "relatime", "ro"));
        }
        return mounts;
    }

    private static Object mount(String place, String type, String... options) {
        return mount(place, type, List.of(options));
    }

    private static Object mount(String place, String type, List<String> options) {
        return Map.of("destination", place, "type", type, "source", type, "options", options);
    }

    private Map<String, Object> linux(Seccomp seccomp) {
        List<Object> namespaces = new ArrayList<>();
        for (String type : List.of("pid", "ipc", "uts", "mount", "cgroup")) {
            namespaces.add(Map.of("type", type));
        }
        Map<String, Object> linux = new LinkedHashMap<>();
        if (spec.network() == Network.NONE) {
            namespaces.add(Map.of("type", "network"));
            if (host.privileged()) {
                // as docker: a server that is not root may listen on port 80
                linux.put("sysctl", Map.of("net.ipv4.ip_unprivileged_port_start", "0"));
            }
        }
        linux.put("namespaces", namespaces);
        linux.put("resources", resources());
        linux.put("seccomp", seccomp.oci(host.arm()));
        linux.put("maskedPaths", MASKED);
        linux.put("readonlyPaths", READ_ONLY);
        return linux;
    }

    private Map<String, Object> resources() {
        Map<String, Object> resources = new LinkedHashMap<>();
        resources.put("devices", List.of(Map.of("allow", false, "access", "rwm")));
        Limits limits = spec.limits();
        if (host.privileged() && limits.processes() > 0) {
            resources.put("pids", Map.of("limit", limits.processes()));
        }
        if (limits.memoryBytes() > 0) {
            resources.put("memory", Map.of("limit", limits.memoryBytes(), "swap", limits.memoryBytes()));
        }
        if (limits.milliCpus() > 0) {
            resources.put("cpu", Map.of("period", 100_000, "quota", limits.milliCpus() * 100L));
        }
        return resources;
    }
}
