package dev.cairn.packages.deb;

import dev.cairn.digest.Digest;
import dev.cairn.keys.DebianKeys;
import dev.cairn.keys.OpenPgpKeyring;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// The keys that may sign a source, parsed only when a signature has to be checked.
///
/// @param files the content of the key files
/// @param id one digest over all of them
record SigningKeys(List<byte[]> files, Digest id) {
    SigningKeys {
        files = List.copyOf(files);
    }

    /// These key files.
    static SigningKeys of(List<byte[]> files) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] file : files) {
            all.writeBytes(file);
            all.write(0);
        }
        return new SigningKeys(files, Digest.of(all.toByteArray()));
    }

    /// The keys that Cairn ships for Debian, and these besides.
    static SigningKeys debianAnd(List<byte[]> others) {
        List<byte[]> files = new ArrayList<>(DebianKeys.files().values());
        files.addAll(others);
        return of(files);
    }

    OpenPgpKeyring keyring() {
        return OpenPgpKeyring.parse(files);
    }
}
