package dev.cairn.builder;

/// Where a builder finds images of another registry: those whose names begin with `registry` are read, over plain
/// HTTP, from `location` under the same name.
///
/// @param registry a registry's name, such as `docker.io`; a short name such as `python:3.13` belongs to it
/// @param location host and port of the registry that answers instead, and maybe a path: `127.0.0.1:5000`
public record Redirect(String registry, String location) {
    public Redirect {
        check(registry);
        check(location);
    }

    private static void check(String text) {
        boolean plain = !text.isEmpty() && text.chars().allMatch(c -> isLetterOrDigit(c) || "._-:/[]".indexOf(c) >= 0);
        if (!plain) {
            throw new IllegalArgumentException("not the name of a registry: " + text);
        }
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
