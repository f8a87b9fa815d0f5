package dev.cairn.fetch;

/// What a server said by which it can tell later whether a resource has changed (RFC 9110 section 8.8): the ETag and
/// Last-Modified fields as sent, each empty when not sent.
record Validator(String etag, String lastModified) {
    static final Validator NONE = new Validator("", "");

    boolean isNone() {
        return etag.isEmpty() && lastModified.isEmpty();
    }

    /// Whether equal validators mean equal bytes, so that two parts may be put together unchecked.
    boolean isStrong() {
        return etag.startsWith("\"");
    }

    /// The value of an If-Range field, empty when there is none to send (section 13.1.5: no weak ETags).
    String ifRange() {
        return isStrong() ? etag : lastModified;
    }
}
