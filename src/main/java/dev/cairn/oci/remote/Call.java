package dev.cairn.oci.remote;

import dev.cairn.oci.Blob;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One request, as often as it has to be sent.
///
/// @param method the method
/// @param uri where to
/// @param headers what goes with it, besides authorization
/// @param body what is sent, or null
/// @param scopes what a token must allow: `repository:NAME:pull,push`
/// @param progress hears how much of the body has been handed over
record Call(
        String method,
        URI uri,
        SortedMap<String, String> headers,
        @Nullable Body body,
        List<String> scopes,
        Progress progress) {

    /// What is sent.
    ///
    /// @param content where the bytes are
    /// @param offset the first byte
    /// @param length how many
    record Body(Blob content, long offset, long length) {}

    /// Hears how many bytes of a body have been handed over.
    interface Progress {
        /// So many in all.
        void at(long bytes);
    }

    static Call of(String method, URI uri, List<String> scopes) {
        return new Call(method, uri, Collections.emptySortedMap(), null, scopes, bytes -> {});
    }

    Call withHeader(String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new Call(method, uri, more, body, scopes, progress);
    }

    Call withBody(Blob content, long offset, long length, Progress listener) {
        return new Call(method, uri, headers, new Body(content, offset, length), scopes, listener)
                .withHeader("Content-Type", "application/octet-stream");
    }

    /// The same request elsewhere: what a redirect asks for.
    Call at(URI other) {
        return new Call(method, other, headers, body, scopes, progress);
    }

    /// For messages: without the query, which may hold a signature.
    @Override
    public String toString() {
        return method + " " + uri.getScheme() + "://" + uri.getAuthority() + uri.getPath();
    }

    static String pull(String repository) {
        return "repository:" + repository + ":pull";
    }

    static String pullPush(String repository) {
        return "repository:" + repository + ":pull,push";
    }
}
