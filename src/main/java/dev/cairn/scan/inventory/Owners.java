package dev.cairn.scan.inventory;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which distribution's package a file belongs to, by what the package databases say of their files. A claim holds
/// only for a file that is still what the package brought.
final class Owners {
    private static final int MOST = 2_000_000;

    private final Map<String, Claim> claims = new HashMap<>();

    private record Claim(String owner, String digest) {}

    /// apk says this of a file; `sha1` is empty for what has none.
    void apk(String path, String owner, String sha1) {
        claim(path, owner, sha1);
    }

    /// dpkg's lists of MD5 digests: `digest  path` lines.
    void dpkg(String owner, byte[] md5sums) {
        new String(md5sums, java.nio.charset.StandardCharsets.UTF_8).lines().forEach(line -> {
            int blank = line.indexOf(' ');
            if (blank == 32) {
                claim(line.substring(blank).strip(), owner, line.substring(0, blank));
            }
        });
    }

    private void claim(String path, String owner, String digest) {
        if (!digest.isEmpty() && claims.size() < MOST) {
            claims.put(moved(path), new Claim(owner, digest));
        }
    }

    /// The owner of a file with these digests, or null.
    @Nullable
    String find(Evidence evidence) {
        Claim claim = claims.get(moved(evidence.path()));
        if (claim == null) {
            return null;
        }
        boolean same = claim.digest.equals(evidence.sha1()) || claim.digest.equals(evidence.md5());
        return same ? claim.owner : null;
    }

    /// Whether any package claims the path, whatever is there now.
    boolean isClaimed(String path) {
        return claims.containsKey(moved(path));
    }

    /// Databases name `/bin/x` what a merged-usr system has at `/usr/bin/x`.
    private static String moved(String path) {
        for (String top : new String[] {"bin/", "sbin/", "lib/", "lib64/"}) {
            if (path.startsWith(top)) {
                return "usr/" + path;
            }
        }
        return path;
    }
}
