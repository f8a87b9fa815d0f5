package dev.cairn.sbom;

import dev.cairn.digest.Digest;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A bill of materials: what something, as a rule an image, is made of.
///
/// @param subject what it is of
/// @param distribution the distribution inside, or null where the document names none
/// @param components what is inside; neither the subject nor the distribution is among them
/// @param relationships how subject and components relate; both ends are there
/// @param created when the document says that it was made, or null
/// @param tools what made it, `name version` each
public record Sbom(
        Subject subject,
        @Nullable Distribution distribution,
        List<Component> components,
        List<Relationship> relationships,
        @Nullable Instant created,
        List<String> tools) {

    public Sbom {
        components = List.copyOf(components);
        relationships = List.copyOf(relationships);
        tools = List.copyOf(tools);
    }

    /// What a bill of materials is of.
    ///
    /// @param id what relationships call it
    /// @param name an image's name, a folder, a program; empty where the document says nothing
    /// @param version its version or tag; empty where there is none
    /// @param digest an image's digest, or null
    /// @param purl its package URL, or null
    /// @param properties further facts by name
    public record Subject(
            String id,
            String name,
            String version,
            @Nullable Digest digest,
            @Nullable PackageUrl purl,
            SortedMap<String, String> properties) {
        public Subject {
            properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
        }
    }

    /// A distribution, in the words of its os-release file.
    ///
    /// @param id `ID`: `debian`, `alpine`, `wolfi`
    /// @param version `VERSION_ID`: `12`, `3.20.1`; empty for one that rolls
    /// @param name `PRETTY_NAME`; empty where it is not known
    public record Distribution(String id, String version, String name) {
        /// `debian-12`, as package URLs' qualifier `distro` has it.
        public String qualifier() {
            return version.isEmpty() ? id : id + "-" + version;
        }

        /// Reads the form of package URLs: the last `-` comes before the version, if that begins with a digit.
        public static @Nullable Distribution ofQualifier(String text) {
            int dash = text.lastIndexOf('-');
            boolean versioned = dash > 0 && dash < text.length() - 1 && Character.isDigit(text.charAt(dash + 1));
            if (text.isEmpty()) {
                return null;
            }
            return versioned
                    ? new Distribution(text.substring(0, dash), text.substring(dash + 1), "")
                    : new Distribution(text, "", "");
        }
    }

    /// Between two things of a document.
    ///
    /// @param from the id of the subject or of a component
    /// @param type how they relate
    /// @param to the id of the other
    public record Relationship(String from, Type type, String to) {
        /// How two things relate.
        public enum Type {
            /// `from` holds `to`.
            CONTAINS,
            /// `from` needs `to`.
            DEPENDS_ON,
            /// `from` is `to` for another platform.
            VARIANT_OF
        }
    }
}
