package dev.cairn.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/// What can be said of a URL without asking it.
final class Address {
    private Address() {}

    /// The URL as messages show it: without credentials.
    static String shown(URI uri) {
        if (uri.getRawUserInfo() == null) {
            return uri.toString();
        }
        return withoutUser(uri).toString();
    }

    /// The URL without credentials.
    static URI withoutUser(URI uri) {
        if (uri.getRawUserInfo() == null) {
            return uri;
        }
        String text = uri.toString();
        return URI.create(text.replace(uri.getRawUserInfo() + "@", ""));
    }

    static boolean isFile(URI uri) {
        return "file".equals(uri.getScheme());
    }

    /// Throws unless this room can fetch it.
    static void requireUsable(URI uri) {
        String scheme = uri.getScheme();
        boolean web = "http".equals(scheme) || "https".equals(scheme);
        if (!isFile(uri) && !web) {
            throw new FetchException(
                    FetchException.Code.BAD_ADDRESS,
                    "cannot fetch " + shown(uri) + ": its scheme is '" + scheme + "' (expected http, https or file)");
        }
        if (web && uri.getHost() == null) {
            throw new FetchException(
                    FetchException.Code.BAD_ADDRESS, "cannot fetch " + shown(uri) + ": it has no host");
        }
    }

    /// Where a redirect from `from` leads; never from https to http, never to another scheme.
    static URI redirected(URI from, String location) {
        URI to;
        try {
            to = from.resolve(new URI(location));
        } catch (URISyntaxException e) {
            throw badRedirect(from, "something that is no URL", e);
        }
        boolean web =
                "https".equals(to.getScheme()) || ("http".equals(to.getScheme()) && "http".equals(from.getScheme()));
        if (!web || to.getHost() == null) {
            throw badRedirect(from, shown(to), null);
        }
        return to;
    }

    private static FetchException badRedirect(URI from, String to, @Nullable Throwable cause) {
        String message = "refused to follow " + shown(from) + " to " + to;
        return cause == null
                ? new FetchException(FetchException.Code.BAD_ANSWER, message)
                : new FetchException(FetchException.Code.BAD_ANSWER, message, cause);
    }
}
