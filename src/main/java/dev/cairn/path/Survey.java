package dev.cairn.path;

import java.util.List;

/// Which images a repository uses, and where.
///
/// @param dockerfiles the Dockerfiles, relative to the repository, with `/`
/// @param uses each place that names an image
public record Survey(List<String> dockerfiles, List<Use> uses) {
    public Survey {
        dockerfiles = List.copyOf(dockerfiles);
        uses = List.copyOf(uses);
    }

    /// How an image is used.
    public enum Kind {
        FROM("built on"),
        COPY("copied from"),
        COMPOSE("run by Compose"),
        MANIFEST("run by a manifest");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /// In words: `built on`.
        public String words() {
            return words;
        }
    }

    /// One place.
    ///
    /// @param file the file, relative to the repository
    /// @param line the line, from 1
    /// @param image the image as it is written
    /// @param hardened the catalogue's image for it, or why there is none
    public record Use(String file, int line, Kind kind, String image, String hardened) {}
}
