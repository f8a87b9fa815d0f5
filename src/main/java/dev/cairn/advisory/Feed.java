package dev.cairn.advisory;

import org.jspecify.annotations.Nullable;

/// One feed: what kind it is, what it is about, where it is.
///
/// @param target what its facts are about, or null where the feed itself says so
/// @param location an address (http, https), a file or a folder
public record Feed(FeedKind kind, @Nullable Target target, String location) {
    /// Reads `KIND[:TARGET]=LOCATION`, as the command line has it.
    public static Feed parse(String text) {
        int equals = text.indexOf('=');
        if (equals <= 0 || equals == text.length() - 1) {
            throw new AdvisoryException(
                    AdvisoryException.Code.UNKNOWN_NAME,
                    "a feed is KIND[:TARGET]=LOCATION, not '" + text
                            + "'\ntry: secdb:alpine:v3.20=https://secdb.alpinelinux.org/v3.20/main.json");
        }
        String name = text.substring(0, equals);
        int colon = name.indexOf(':');
        return of(
                colon < 0 ? name : name.substring(0, colon),
                colon < 0 ? "-" : name.substring(colon + 1),
                text.substring(equals + 1));
    }

    static Feed of(String kind, String target, String location) {
        return new Feed(FeedKind.parse(kind), target.equals("-") ? null : Target.parse(target), location);
    }

    /// Whether it is fetched; the others are read where they are.
    public boolean isRemote() {
        return location.startsWith("http://") || location.startsWith("https://");
    }
}
