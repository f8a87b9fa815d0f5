package dev.cairn.sbom;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One thing that an image holds: a distribution's package, a library, a program, a file.
///
/// @param id what relationships call it; one of a kind in its document
/// @param kind what sort of thing it is
/// @param name its name as the document has it, without a namespace; see [#fullName]
/// @param version its version, an epoch included; empty where none is known
/// @param purl its package URL, or null
/// @param cpes its names in the CPE 2.3 or 2.2 form
/// @param licences the licences that it declares, an SPDX expression where the document is well-formed; empty where
///     none is known
/// @param supplier who distributes it; empty where it is not known
/// @param source what it was built from, or null where nothing is known of that
/// @param checksums checksums of its file
/// @param locations the files that show that it is there
/// @param properties further facts by name, the document's own names kept
public record Component(
        String id,
        Kind kind,
        String name,
        String version,
        @Nullable PackageUrl purl,
        List<String> cpes,
        String licences,
        String supplier,
        @Nullable SourcePackage source,
        List<Checksum> checksums,
        List<Location> locations,
        SortedMap<String, String> properties) {

    public Component {
        cpes = List.copyOf(cpes);
        checksums = List.copyOf(checksums);
        locations = List.copyOf(locations);
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    }

    /// What sort of thing a component is.
    public enum Kind {
        /// A program.
        APPLICATION,
        /// A library; what is not known better, as a distribution's package, counts as one.
        LIBRARY,
        /// A distribution.
        OPERATING_SYSTEM,
        /// An image.
        CONTAINER,
        /// A file.
        FILE,
        /// Anything else: a framework, firmware, a device, data.
        OTHER
    }

    /// The package that something was built from.
    ///
    /// @param name the source package (deb), the origin (apk), the source rpm's name
    /// @param version its version, which need not be that of what was built
    public record SourcePackage(String name, String version) {}

    /// A checksum.
    ///
    /// @param algorithm in upper case with digits alone: `SHA256`, `SHA1`, `MD5`
    /// @param hex its value
    public record Checksum(String algorithm, String hex) {}

    /// Where a component shows.
    ///
    /// @param path the file, beginning with `/`
    /// @param layer the digest of the layer (or of its tar) that has it; empty where it is not known
    public record Location(String path, String layer) {}

    /// The package format or registry that it comes from, as package URLs name it: `deb`, `apk`, `rpm`, `maven`, …;
    /// empty where it has no package URL.
    public String ecosystem() {
        return purl == null ? "" : purl.type();
    }

    /// The machine that it is for, in its ecosystem's words; empty where it is not known.
    public String architecture() {
        return purl == null ? "" : purl.qualifier("arch");
    }

    /// The name as its ecosystem's tools write it: `org.slf4j:slf4j-api`, `@babel/core`, `libssl3`.
    public String fullName() {
        return purl == null ? name : purl.fullName();
    }

    /// A builder of a component.
    public static Builder builder(String id, Kind kind, String name) {
        return new Builder(id, kind, name);
    }

    /// This component, to be changed.
    public Builder toBuilder() {
        Builder copy = new Builder(id, kind, name);
        copy.version = version;
        copy.purl = purl;
        copy.cpes.addAll(cpes);
        copy.licences = licences;
        copy.supplier = supplier;
        copy.source = source;
        copy.checksums.addAll(checksums);
        copy.locations.addAll(locations);
        copy.properties.putAll(properties);
        return copy;
    }

    /// Puts a component together.
    public static final class Builder {
        private final String id;
        private final Kind kind;
        private final String name;
        private String version = "";
        private @Nullable PackageUrl purl;
        private final List<String> cpes = new ArrayList<>();
        private String licences = "";
        private String supplier = "";
        private @Nullable SourcePackage source;
        private final List<Checksum> checksums = new ArrayList<>();
        private final List<Location> locations = new ArrayList<>();
        private final SortedMap<String, String> properties = new TreeMap<>();

        private Builder(String id, Kind kind, String name) {
            this.id = id;
            this.kind = kind;
            this.name = name;
        }

        /// Its version.
        public Builder version(String value) {
            version = value;
            return this;
        }

        /// Its package URL.
        public Builder purl(@Nullable PackageUrl value) {
            purl = value;
            return this;
        }

        /// A further CPE name.
        public Builder cpe(String value) {
            cpes.add(value);
            return this;
        }

        /// Its licences.
        public Builder licences(String value) {
            licences = value;
            return this;
        }

        /// Who distributes it.
        public Builder supplier(String value) {
            supplier = value;
            return this;
        }

        /// What it was built from.
        public Builder source(@Nullable SourcePackage value) {
            source = value;
            return this;
        }

        /// A further checksum.
        public Builder checksum(String algorithm, String hex) {
            checksums.add(new Checksum(algorithm, hex));
            return this;
        }

        /// A further place.
        public Builder location(String path, String layer) {
            locations.add(new Location(path, layer));
            return this;
        }

        /// A further fact.
        public Builder property(String key, String value) {
            properties.put(key, value);
            return this;
        }

        /// The component.
        public Component build() {
            return new Component(
                    id, kind, name, version, purl, cpes, licences, supplier, source, checksums, locations, properties);
        }
    }
}
