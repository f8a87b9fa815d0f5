package dev.cairn.keys;

import java.util.List;

/// What a signed message says, once at least one trusted key has vouched for it.
///
/// `text` is what was signed: lines end with a newline, without trailing blanks, and the last line ends with one too.
/// `signerFingerprints` has the fingerprint, upper-case hex, of the key or subkey whose signature was found to hold:
/// the
/// first one of the message that does. Signatures after it are not looked at.
public record ClearSigned(String text, List<String> signerFingerprints) {
    public ClearSigned {
        signerFingerprints = List.copyOf(signerFingerprints);
        if (signerFingerprints.isEmpty()) {
            throw new IllegalArgumentException("a signed text has a signer");
        }
    }
}
