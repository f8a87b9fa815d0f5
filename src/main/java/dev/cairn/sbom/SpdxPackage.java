package dev.cairn.sbom;

import dev.cairn.oci.JsonObject;
import dev.cairn.sbom.Component.Kind;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads one package of an SPDX document (SPDX 2.3, clause 7).
final class SpdxPackage {
    private static final String PREFIX = "SPDXRef-";
    private static final String TRIVY = "aquasecurity:trivy:";

    private SpdxPackage() {}

    static String id(String spdxId) {
        return spdxId.startsWith(PREFIX) ? spdxId.substring(PREFIX.length()) : spdxId;
    }

    static Component read(JsonObject json) {
        SortedMap<String, String> properties = properties(json);
        PackageUrl purl = null;
        Component.Builder out = Component.builder(
                id(json.string("SPDXID")),
                kind(Texts.of(json.optionalString("primaryPackagePurpose"))),
                Texts.of(json.optionalString("name")));
        for (JsonObject each : json.objects("externalRefs")) {
            String locator = Texts.of(each.optionalString("referenceLocator"));
            switch (Texts.of(each.optionalString("referenceType"))) {
                case "purl" -> purl = purl == null ? PackageUrl.parseOrNull(locator) : purl;
                case "cpe23Type", "cpe22Type" -> out.cpe(locator);
                default -> {
                    // Of no use here.
                }
            }
        }
        String version = Sources.withEpoch(Texts.of(json.optionalString("versionInfo")), purl);
        String sourceInfo = Texts.of(json.optionalString("sourceInfo"));
        out.version(version)
                .purl(purl)
                .licences(licences(json))
                .supplier(supplier(Texts.of(json.optionalString("supplier"))))
                .source(Sources.find(properties, sourceInfo, purl, version));
        for (JsonObject each : json.objects("checksums")) {
            out.checksum(
                    Texts.of(each.optionalString("algorithm")).replace("-", ""),
                    Texts.of(each.optionalString("checksumValue")));
        }
        place(properties, out);
        properties.forEach(out::property);
        return out.build();
    }

    private static void place(SortedMap<String, String> properties, Component.Builder out) {
        String path = properties.getOrDefault("cairn:location", properties.getOrDefault(TRIVY + "FilePath", ""));
        String layer = properties.getOrDefault(
                "cairn:layer",
                properties.getOrDefault(TRIVY + "LayerDiffID", properties.getOrDefault(TRIVY + "LayerDigest", "")));
        if (!path.isEmpty()) {
            out.location(Texts.absolute(path), layer);
        }
    }

    private static Kind kind(String purpose) {
        return switch (purpose) {
            case "APPLICATION" -> Kind.APPLICATION;
            case "LIBRARY", "" -> Kind.LIBRARY;
            case "OPERATING-SYSTEM", "OPERATING_SYSTEM" -> Kind.OPERATING_SYSTEM;
            case "CONTAINER" -> Kind.CONTAINER;
            case "FILE" -> Kind.FILE;
            default -> Kind.OTHER;
        };
    }

    private static String licences(JsonObject json) {
        String declared = Texts.of(json.optionalString("licenseDeclared"));
        String concluded = Texts.of(json.optionalString("licenseConcluded"));
        String found = isSaid(declared) ? declared : concluded;
        return isSaid(found) ? found : "";
    }

    private static boolean isSaid(String text) {
        return !text.isEmpty() && !text.equals("NOASSERTION") && !text.equals("NONE");
    }

    private static String supplier(String text) {
        int colon = text.indexOf(": ");
        return isSaid(text) ? text.substring(colon < 0 ? 0 : colon + 2) : "";
    }

    /// Facts for which SPDX has no field: ours in annotations, Trivy's there or (before 0.59) among the attribution
    /// texts; each `name: value`. Trivy's get the names that they have in its CycloneDX documents.
    private static SortedMap<String, String> properties(JsonObject json) {
        TreeMap<String, String> properties = new TreeMap<>();
        for (String each : json.strings("attributionTexts")) {
            put(properties, each, TRIVY);
        }
        for (JsonObject each : json.objects("annotations")) {
            boolean trivy = Texts.of(each.optionalString("annotator")).startsWith("Tool: trivy");
            put(properties, Texts.of(each.optionalString("comment")), trivy ? TRIVY : "");
        }
        return properties;
    }

    private static void put(SortedMap<String, String> properties, String text, String prefix) {
        int colon = text.indexOf(": ");
        String key = colon < 0 ? "" : text.substring(0, colon);
        if (!key.isEmpty() && key.indexOf(' ') < 0) {
            properties.putIfAbsent(prefix + key, text.substring(colon + 2));
        }
    }
}
