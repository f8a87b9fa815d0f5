package dev.cairn.oci.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/// What a registry is told to let us in. Its text form hides the secret.
public sealed interface Credential {
    /// Nothing.
    record Anonymous() implements Credential {}

    /// A user and a password.
    record Password(String user, String password) implements Credential {
        /// The value of the header `Authorization` (RFC 7617).
        public String header() {
            return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
        }

        @Override
        public String toString() {
            return "Password[" + user + "]";
        }
    }

    /// A refresh token, which is exchanged for access tokens (RFC 6749, section 6).
    record IdentityToken(String token) implements Credential {
        @Override
        public String toString() {
            return "IdentityToken[]";
        }
    }
}
