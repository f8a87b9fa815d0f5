package dev.cairn.store;

import dev.cairn.digest.Digest;
import java.util.Optional;

/// What is written down of an upload session: one line, `repository algorithm`.
///
/// @param repository the number of the repository that it belongs to
/// @param algorithm the algorithm of its digest, as far as the client told
record UploadSession(long repository, Digest.Algorithm algorithm) {
    @Override
    public String toString() {
        return repository + " " + algorithm.id() + "\n";
    }

    static Optional<UploadSession> parse(String text) {
        String line = text.strip();
        int space = line.indexOf(' ');
        for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
            if (space > 0 && line.substring(space + 1).equals(algorithm.id())) {
                try {
                    return Optional.of(new UploadSession(Long.parseLong(line, 0, space, 10), algorithm));
                } catch (NumberFormatException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
