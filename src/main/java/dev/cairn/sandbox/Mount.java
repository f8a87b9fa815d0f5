package dev.cairn.sandbox;

import java.nio.file.Path;

/// Something that the sandbox sees besides its root.
public sealed interface Mount {
    /// Where in the sandbox: absolute. Links in the root are followed inside the root; a missing place is made.
    String target();

    /// A folder or file of the host.
    record Bind(Path source, String target, boolean readOnly) implements Mount {
        public Bind {
            checkTarget(target);
            source = source.toAbsolutePath().normalize();
        }
    }

    /// An empty file system in memory. `options` are mount options besides `nosuid,nodev,noexec`, which hold unless
    /// they name the contrary; empty for mode 1777.
    record Tmpfs(String target, String options) implements Mount {
        public Tmpfs {
            checkTarget(target);
            for (int i = 0; i < options.length(); i++) {
                char c = options.charAt(i);
                if (!isOption(c)) {
                    throw new SandboxException(
                            SandboxException.Code.INVALID, "a tmpfs option has the character '" + c + "': " + options);
                }
            }
        }

        private static boolean isOption(char c) {
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            return letter || (c >= '0' && c <= '9') || "=,%_".indexOf(c) >= 0;
        }
    }

    /// A writable folder on disk that begins as a copy of what the root has there and goes away with the sandbox.
    /// Where the root has nothing it belongs to the sandbox's user.
    record Volume(String target) implements Mount {
        public Volume {
            checkTarget(target);
        }
    }

    /// A folder of the host that is kept for further runs; where it is missing it is made as a [Volume] is.
    record Kept(Path folder, String target, boolean readOnly) implements Mount {
        public Kept {
            checkTarget(target);
            folder = folder.toAbsolutePath().normalize();
        }
    }

    private static void checkTarget(String target) {
        if (!target.startsWith("/")
                || target.indexOf('\0') >= 0
                || RootPaths.components(target).isEmpty()) {
            throw new SandboxException(
                    SandboxException.Code.INVALID, "a mount's place in the sandbox is absolute and not /: " + target);
        }
    }
}
