package dev.cairn.registry;

/// A request that the registry refuses, with the error code of OCI distribution-spec ("Error Codes") and the HTTP
/// status that goes with it. The message is for the person at the client; it tells nothing that the person may not see.
public final class DistributionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Why.
    public enum Code {
        /// No such blob in this repository.
        BLOB_UNKNOWN("BLOB_UNKNOWN", 404),
        /// An upload that does not hold together.
        BLOB_UPLOAD_INVALID("BLOB_UPLOAD_INVALID", 400),
        /// No such upload session.
        BLOB_UPLOAD_UNKNOWN("BLOB_UPLOAD_UNKNOWN", 404),
        /// A digest that is malformed or not that of the content.
        DIGEST_INVALID("DIGEST_INVALID", 400),
        /// A manifest that names what is not in this repository.
        MANIFEST_BLOB_UNKNOWN("MANIFEST_BLOB_UNKNOWN", 404),
        /// A manifest that is none.
        MANIFEST_INVALID("MANIFEST_INVALID", 400),
        /// No such manifest in this repository.
        MANIFEST_UNKNOWN("MANIFEST_UNKNOWN", 404),
        /// A name or a tag that is malformed.
        NAME_INVALID("NAME_INVALID", 400),
        /// No such repository.
        NAME_UNKNOWN("NAME_UNKNOWN", 404),
        /// A length that is not the content's.
        SIZE_INVALID("SIZE_INVALID", 400),
        /// More bytes than the registry takes.
        TOO_LARGE("SIZE_INVALID", 413),
        /// Nobody has said who they are, or not convincingly.
        UNAUTHORIZED("UNAUTHORIZED", 401),
        /// This person may not do that.
        DENIED("DENIED", 403),
        /// An immutable tag that is to be moved.
        TAG_IMMUTABLE("DENIED", 409),
        /// A method or a parameter that there is not.
        UNSUPPORTED("UNSUPPORTED", 405),
        /// A request of the JSON API that can't be read.
        BAD_REQUEST("UNSUPPORTED", 400),
        /// Nothing at this address.
        NOT_FOUND("UNSUPPORTED", 404),
        /// A thing of this name is there already.
        CONFLICT("UNSUPPORTED", 409),
        /// A chunk that does not follow the last one.
        RANGE_INVALID("BLOB_UPLOAD_INVALID", 416),
        /// As many as the registry serves at once.
        TOO_MANY_REQUESTS("TOOMANYREQUESTS", 429),
        /// The disk is full.
        STORAGE_FULL("UNSUPPORTED", 507),
        /// The server is being stopped.
        STOPPING("TOOMANYREQUESTS", 503);

        private final String id;
        private final int status;

        Code(String id, int status) {
            this.id = id;
            this.status = status;
        }

        /// The code in the body of the answer.
        public String id() {
            return id;
        }

        /// The answer's HTTP status.
        public int status() {
            return status;
        }
    }

    private final Code code;

    /// A refusal. It carries no stack trace: it is an answer, not a defect.
    public DistributionException(Code code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /// Why.
    public Code code() {
        return code;
    }
}
