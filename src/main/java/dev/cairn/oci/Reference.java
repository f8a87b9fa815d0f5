package dev.cairn.oci;

import dev.cairn.digest.Digest;
import org.jspecify.annotations.Nullable;

/// Names an image in a registry, as docker does: `[registry/]repository[:tag][@digest]`.
///
/// A first component without `.`, `:` and other than `localhost` is no registry: `nginx` is
/// `docker.io/library/nginx:latest`, `me/app` is `docker.io/me/app:latest`. Neither tag nor digest means `latest`.
/// Repository and tag follow OCI distribution-spec ("Pulling manifests"): lower-case components of letters and digits
/// with `.`, `_`, `__` or `-` between, at most 255 characters; a tag has at most 128.
///
/// @param registry host name, with a port where one was given; `docker.io` for Docker Hub
/// @param repository the path inside the registry
/// @param tag the tag, where there is one
/// @param digest the manifest's digest, where there is one; it goes before the tag
public record Reference(
        String registry,
        String repository,
        @Nullable String tag,
        @Nullable Digest digest) {
    private static final String HUB = "docker.io";
    private static final String HUB_OFFICIAL = "library/";
    private static final String DEFAULT_TAG = "latest";
    private static final int LONGEST_REPOSITORY = 255;
    private static final int LONGEST_TAG = 128;

    public Reference {
        if (!isRegistry(registry)) {
            throw invalid(registry, "'" + registry + "' is not a registry's host name");
        }
        if (!isRepository(repository)) {
            throw invalid(
                    repository, "'" + repository + "' is not a repository's name (lower case letters, digits, . _ -)");
        }
        if (tag != null && !isTag(tag)) {
            throw invalid(repository + ":" + tag, "'" + tag + "' is not a tag (letters, digits, . _ -)");
        }
    }

    /// Reads a reference.
    public static Reference parse(String text) {
        String rest = text;
        Digest digest = null;
        int at = rest.indexOf('@');
        if (at >= 0) {
            try {
                digest = Digest.parse(rest.substring(at + 1));
            } catch (IllegalArgumentException e) {
                throw invalid(text, String.valueOf(e.getMessage()));
            }
            rest = rest.substring(0, at);
        }
        String tag = null;
        int colon = rest.lastIndexOf(':');
        if (colon > rest.lastIndexOf('/')) {
            tag = rest.substring(colon + 1);
            rest = rest.substring(0, colon);
        }
        if (tag == null && digest == null) {
            tag = DEFAULT_TAG;
        }
        return withRegistry(rest, tag, digest);
    }

    private static Reference withRegistry(String name, @Nullable String tag, @Nullable Digest digest) {
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean named = first.equals("localhost") || first.indexOf('.') >= 0 || first.indexOf(':') >= 0;
        if (!named) {
            return new Reference(HUB, slash < 0 ? HUB_OFFICIAL + name : name, tag, digest);
        }
        String repository = name.substring(slash + 1);
        if (!first.equals(HUB) && !first.equals("index.docker.io")) {
            return new Reference(first, repository, tag, digest);
        }
        return new Reference(HUB, repository.indexOf('/') < 0 ? HUB_OFFICIAL + repository : repository, tag, digest);
    }

    /// The same repository at this tag.
    public Reference withTag(String value) {
        return new Reference(registry, repository, value, null);
    }

    /// The same repository at this digest, without the tag.
    public Reference withDigest(Digest value) {
        return new Reference(registry, repository, null, value);
    }

    /// What comes behind `/manifests/` in the registry's address: the digest if there is one, else the tag.
    public String identifier() {
        if (digest != null) {
            return digest.toString();
        }
        return tag == null ? DEFAULT_TAG : tag;
    }

    /// The shortest text that reads as this reference: `nginx`, `me/app:1`.
    public String familiar() {
        String full = toString();
        if (!registry.equals(HUB)) {
            return full;
        }
        int skip = HUB.length() + 1 + (isOfficial() ? HUB_OFFICIAL.length() : 0);
        String brief = full.substring(skip);
        return digest == null && DEFAULT_TAG.equals(tag)
                ? brief.substring(0, brief.length() - DEFAULT_TAG.length() - 1)
                : brief;
    }

    private boolean isOfficial() {
        return repository.startsWith(HUB_OFFICIAL) && repository.indexOf('/', HUB_OFFICIAL.length()) < 0;
    }

    @Override
    public String toString() {
        return registry + "/" + repository + (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }

    private static boolean isRegistry(String text) {
        String host = text;
        int colon = text.lastIndexOf(':');
        if (colon > text.lastIndexOf(']')) {
            host = text.substring(0, colon);
            if (!isPort(text.substring(colon + 1))) {
                return false;
            }
        }
        if (host.startsWith("[") && host.endsWith("]")) {
            return host.length() > 3 && allIn(host.substring(1, host.length() - 1), "0123456789abcdefABCDEF:.");
        }
        boolean valid = !host.isEmpty() && host.length() <= 253 && !host.startsWith("-") && !host.startsWith(".");
        for (int i = 0; valid && i < host.length(); i++) {
            char c = host.charAt(i);
            valid = isLowerOrDigit(c) || (c >= 'A' && c <= 'Z') || c == '-' || c == '.';
        }
        return valid && !host.contains("..");
    }

    private static boolean isPort(String text) {
        return !text.isEmpty() && text.length() <= 5 && allIn(text, "0123456789") && Integer.parseInt(text) <= 65535;
    }

    private static boolean allIn(String text, String alphabet) {
        for (int i = 0; i < text.length(); i++) {
            if (alphabet.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /// Whether this is a repository's name by the rules above.
    public static boolean isRepository(String text) {
        if (text.isEmpty() || text.length() > LONGEST_REPOSITORY) {
            return false;
        }
        int start = 0;
        for (int slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', start)) {
            if (!isPathComponent(text, start, slash)) {
                return false;
            }
            start = slash + 1;
        }
        return isPathComponent(text, start, text.length());
    }

    /// Letters and digits, with one separator between two runs of them: `.`, `_`, `__` or any number of `-`.
    private static boolean isPathComponent(String text, int start, int end) {
        int i = start;
        while (true) {
            int run = i;
            while (i < end && isLowerOrDigit(text.charAt(i))) {
                i++;
            }
            if (i == run) {
                return false;
            }
            if (i == end) {
                return true;
            }
            char separator = text.charAt(i);
            int separatorStart = i;
            while (i < end && text.charAt(i) == separator) {
                i++;
            }
            int longest = switch (separator) {
                case '.' -> 1;
                case '_' -> 2;
                case '-' -> Integer.MAX_VALUE;
                default -> 0;
            };
            if (i - separatorStart > longest) {
                return false;
            }
        }
    }

    /// Whether this is a tag by the rules above.
    public static boolean isTag(String text) {
        boolean valid =
                !text.isEmpty() && text.length() <= LONGEST_TAG && text.charAt(0) != '.' && text.charAt(0) != '-';
        for (int i = 0; valid && i < text.length(); i++) {
            char c = text.charAt(i);
            valid = isLowerOrDigit(c) || (c >= 'A' && c <= 'Z') || c == '_' || c == '.' || c == '-';
        }
        return valid;
    }

    private static boolean isLowerOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    private static OciException invalid(String text, String problem) {
        return new OciException(OciException.Code.INVALID_TEXT, "not an image reference: '" + text + "': " + problem);
    }
}
