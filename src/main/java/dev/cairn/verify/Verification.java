package dev.cairn.verify;

import dev.cairn.digest.Digest;
import dev.cairn.image.AssembledImage.TopFile;
import dev.cairn.oci.Platform;
import java.util.List;

/// What came out when an image was derived again from signed packages and compared.
///
/// @param platform what the image is for
/// @param digest its digest
/// @param layers each layer, lowest first
/// @param packages each package, with what vouches for it
/// @param topFiles the top layer as it was derived, file by file, each with its reason
/// @param problems what is not as it has to be, each with its place; empty when the image is verified
public record Verification(
        Platform platform,
        Digest digest,
        List<LayerVerdict> layers,
        List<PackageVerdict> packages,
        List<TopFile> topFiles,
        List<String> problems) {
    public Verification {
        layers = List.copyOf(layers);
        packages = List.copyOf(packages);
        topFiles = List.copyOf(topFiles);
        problems = List.copyOf(problems);
    }

    /// Whether every byte of the image was derived again from packages that somebody trusted signed.
    public boolean isVerified() {
        return problems.isEmpty();
    }

    /// How a layer came to be.
    public enum Kind {
        /// The layer is a range of a signed package, byte for byte.
        EQUAL("equal"),
        /// Several packages' files in one layer, composed again here and found equal.
        RECOMPOSED("recomposed"),
        /// A package's data in another form, made again here and found equal.
        TRANSCODED("transcoded"),
        /// Files that no package holds, generated again here and found equal.
        OURS("ours");

        private final String id;

        Kind(String id) {
            this.id = id;
        }

        /// The word for it.
        public String id() {
            return id;
        }
    }

    /// A layer.
    ///
    /// @param number its place, the lowest is 1
    /// @param digest its digest
    /// @param size its length in bytes
    /// @param kind how it came to be
    /// @param source the packages that it holds, or what made it
    public record LayerVerdict(int number, Digest digest, long size, Kind kind, String source) {}

    /// A package.
    ///
    /// @param pin `name=version`
    /// @param file the digest of the package file
    /// @param vouched by whom
    public record PackageVerdict(String pin, Digest file, Vouched vouched) {}

    /// What vouches for a package.
    public enum Vouched {
        /// A signed index has its name, version and digest.
        INDEX("signed index"),
        /// The package file is signed itself; no index at hand lists it any more.
        PACKAGE("signed package"),
        /// Nothing that is signed, at hand.
        NOBODY("nobody");

        private final String words;

        Vouched(String words) {
            this.words = words;
        }

        /// For people.
        public String words() {
            return words;
        }
    }
}
