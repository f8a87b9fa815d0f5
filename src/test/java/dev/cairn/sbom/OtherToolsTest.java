package dev.cairn.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.sbom.Component.Location;
import dev.cairn.sbom.Component.SourcePackage;
import dev.cairn.sbom.Sbom.Distribution;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Documents in the shapes that Syft and Trivy write, cut down to what is read.
class OtherToolsTest {
    private static final String LAYER = "sha256:" + "b".repeat(64);

    private static Sbom read(String text) throws IOException {
        return SbomReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "document");
    }

    private static Component named(Sbom sbom, String name) {
        return sbom.components().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void syftsSpdx() throws IOException {
        Sbom sbom = read("""
                {"spdxVersion":"SPDX-2.3","dataLicense":"CC0-1.0","SPDXID":"SPDXRef-DOCUMENT","name":"app",
                 "creationInfo":{"licenseListVersion":"3.27","creators":["Organization: Anchore, Inc","Tool: syft-1.18.1"],
                  "created":"2026-01-02T03:04:05Z"},
                 "relationships":[
                  {"spdxElementId":"SPDXRef-Package-deb-login-1","relatedSpdxElement":"SPDXRef-File-status-2",
                   "relationshipType":"OTHER","comment":"evident-by: indicates the package's existence is evident by the given file"},
                  {"spdxElementId":"SPDXRef-Package-java-3","relatedSpdxElement":"SPDXRef-Package-deb-login-1","relationshipType":"DEPENDENCY_OF"},
                  {"spdxElementId":"SPDXRef-DocumentRoot-Image-app","relatedSpdxElement":"SPDXRef-Package-java-3","relationshipType":"CONTAINS"},
                  {"spdxElementId":"SPDXRef-DOCUMENT","relatedSpdxElement":"SPDXRef-DocumentRoot-Image-app","relationshipType":"DESCRIBES"}],
                 "files":[{"fileName":"/var/lib/dpkg/status","SPDXID":"SPDXRef-File-status-2","comment":"layerID: %1$s"}],
                 "packages":[
                  {"name":"login","SPDXID":"SPDXRef-Package-deb-login-1","versionInfo":"1:4.13+dfsg1-1+b1",
                   "supplier":"Person: Shadow (x@debian.org)","downloadLocation":"NOASSERTION","filesAnalyzed":true,
                   "sourceInfo":"acquired package info from DPKG DB: /var/lib/dpkg/status","licenseConcluded":"NOASSERTION",
                   "licenseDeclared":"BSD-3-Clause AND GPL-2.0-only","externalRefs":[
                    {"referenceCategory":"SECURITY","referenceType":"cpe23Type","referenceLocator":"cpe:2.3:a:login:login:1:*:*:*:*:*:*:*"},
                    {"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl",
                     "referenceLocator":"pkg:deb/debian/login@1%%3A4.13%%2Bdfsg1-1%%2Bb1?arch=amd64&distro=debian-12&upstream=shadow%%401%%3A4.13%%2Bdfsg1-1"}]},
                  {"name":"slf4j-api","SPDXID":"SPDXRef-Package-java-3","versionInfo":"2.0.1","externalRefs":[
                    {"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"pkg:maven/org.slf4j/slf4j-api@2.0.1"}]},
                  {"name":"app","SPDXID":"SPDXRef-DocumentRoot-Image-app","versionInfo":"%1$s","primaryPackagePurpose":"CONTAINER"}]}
                """.formatted(LAYER));
        assertThat(sbom.subject().name()).isEqualTo("app");
        assertThat(sbom.subject().digest()).hasToString(LAYER);
        assertThat(sbom.tools()).containsExactly("syft 1.18.1");
        assertThat(sbom.distribution()).isEqualTo(new Distribution("debian", "12", ""));
        Component login = named(sbom, "login");
        assertThat(login.version()).isEqualTo("1:4.13+dfsg1-1+b1");
        assertThat(login.source()).isEqualTo(new SourcePackage("shadow", "1:4.13+dfsg1-1"));
        assertThat(login.locations()).containsExactly(new Location("/var/lib/dpkg/status", LAYER));
        assertThat(login.architecture()).isEqualTo("amd64");
        assertThat(login.ecosystem()).isEqualTo("deb");
        assertThat(login.cpes()).hasSize(1);
        assertThat(login.licences()).isEqualTo("BSD-3-Clause AND GPL-2.0-only");
        assertThat(named(sbom, "slf4j-api").fullName()).isEqualTo("org.slf4j:slf4j-api");
        assertThat(sbom.relationships())
                .contains(new Sbom.Relationship(
                        "Package-deb-login-1", Sbom.Relationship.Type.DEPENDS_ON, "Package-java-3"))
                .hasSize(2);
    }

    @Test
    void syftsCycloneDx() throws IOException {
        Sbom sbom = read("""
                {"$schema":"http://cyclonedx.org/schema/bom-1.6.schema.json","bomFormat":"CycloneDX","specVersion":"1.6",
                 "metadata":{"timestamp":"2026-01-02T03:04:05+02:00","tools":{"components":[{"type":"application","name":"syft","version":"1.18.1"}]},
                  "component":{"bom-ref":"9f","type":"container","name":"app","version":"%1$s"}},
                 "components":[
                  {"bom-ref":"pkg:apk/alpine/libcrypto3@3.3.1-r3","type":"library","publisher":"Ariadne","name":"libcrypto3","version":"3.3.1-r3",
                   "licenses":[{"license":{"id":"Apache-2.0"}}],"purl":"pkg:apk/alpine/libcrypto3@3.3.1-r3?arch=x86_64&distro=alpine-3.20.1",
                   "properties":[{"name":"syft:location:0:layerID","value":"%1$s"},{"name":"syft:location:0:path","value":"/lib/apk/db/installed"},
                    {"name":"syft:metadata:originPackage","value":"openssl"}]},
                  {"bom-ref":"os","type":"operating-system","name":"alpine","version":"3.20.1",
                   "properties":[{"name":"syft:distro:id","value":"alpine"},{"name":"syft:distro:versionID","value":"3.20.1"},
                    {"name":"syft:distro:prettyName","value":"Alpine Linux v3.20"}]},
                  {"type":"library","name":"left-pad","version":"1.3.0","purl":"pkg:npm/left-pad@1.3.0",
                   "components":[{"bom-ref":"nested","type":"library","name":"inner","version":"1"}]}]}
                """.formatted(LAYER));
        assertThat(sbom.distribution()).isEqualTo(new Distribution("alpine", "3.20.1", "Alpine Linux v3.20"));
        assertThat(sbom.created()).hasToString("2026-01-02T01:04:05Z");
        Component crypto = named(sbom, "libcrypto3");
        assertThat(crypto.source()).isEqualTo(new SourcePackage("openssl", "3.3.1-r3"));
        assertThat(crypto.locations()).containsExactly(new Location("/lib/apk/db/installed", LAYER));
        assertThat(crypto.licences()).isEqualTo("Apache-2.0");
        assertThat(crypto.supplier()).isEqualTo("Ariadne");
        assertThat(sbom.components()).hasSize(3);
        assertThat(named(sbom, "inner").id()).isEqualTo("nested");
        assertThat(sbom.relationships()).hasSize(1);
    }

    @Test
    void trivysCycloneDx() throws IOException {
        Sbom sbom = read("""
                {"bomFormat":"CycloneDX","specVersion":"1.6",
                 "metadata":{"tools":[{"vendor":"aquasecurity","name":"trivy","version":"0.50.0"}],
                  "component":{"bom-ref":"pkg:oci/app@%1$s?arch=amd64","type":"container","name":"app:1",
                   "purl":"pkg:oci/app@%1$s?arch=amd64"}},
                 "components":[
                  {"bom-ref":"os","type":"operating-system","name":"rocky","version":"9.3",
                   "properties":[{"name":"aquasecurity:trivy:Class","value":"os-pkgs"},{"name":"aquasecurity:trivy:Type","value":"rocky"}]},
                  {"bom-ref":"r1","type":"library","name":"openssl-libs","version":"3.0.7-24.el9",
                   "purl":"pkg:rpm/rocky/openssl-libs@3.0.7-24.el9?arch=x86_64&distro=rocky-9.3&epoch=1",
                   "properties":[{"name":"aquasecurity:trivy:SrcName","value":"openssl"},{"name":"aquasecurity:trivy:SrcVersion","value":"3.0.7"},
                    {"name":"aquasecurity:trivy:SrcRelease","value":"24.el9"},{"name":"aquasecurity:trivy:SrcEpoch","value":"1"},
                    {"name":"aquasecurity:trivy:LayerDiffID","value":"%1$s"},{"name":"aquasecurity:trivy:FilePath","value":"usr/x.jar"}]},
                  {"bom-ref":"lock","type":"application","name":"app/composer.lock",
                   "properties":[{"name":"aquasecurity:trivy:Class","value":"lang-pkgs"},{"name":"aquasecurity:trivy:Type","value":"composer"}]},
                  {"bom-ref":"c1","type":"library","group":"monolog","name":"monolog","version":"3.0","purl":"pkg:composer/monolog/monolog@3.0"}],
                 "dependencies":[{"ref":"lock","dependsOn":["c1","gone"]}]}
                """.formatted(LAYER));
        assertThat(sbom.subject().digest()).hasToString(LAYER);
        assertThat(sbom.tools()).containsExactly("trivy 0.50.0");
        assertThat(sbom.distribution()).isEqualTo(new Distribution("rocky", "9.3", ""));
        Component ssl = named(sbom, "openssl-libs");
        assertThat(ssl.version()).isEqualTo("1:3.0.7-24.el9");
        assertThat(ssl.source()).isEqualTo(new SourcePackage("openssl", "1:3.0.7-24.el9"));
        assertThat(ssl.locations()).containsExactly(new Location("/usr/x.jar", LAYER));
        Component monolog = named(sbom, "monolog");
        assertThat(monolog.fullName()).isEqualTo("monolog/monolog");
        assertThat(monolog.locations()).containsExactly(new Location("/app/composer.lock", ""));
        assertThat(sbom.relationships()).hasSize(1);
    }

    @Test
    void trivysSpdx() throws IOException {
        Sbom sbom = read("""
                {"spdxVersion":"SPDX-2.3","SPDXID":"SPDXRef-DOCUMENT","name":"app:1","creationInfo":{"creators":["Organization: aquasecurity","Tool: trivy-0.60.0"],"created":"2026-01-02T03:04:05Z"},
                 "packages":[
                  {"name":"debian","SPDXID":"SPDXRef-OperatingSystem-1","versionInfo":"12.9","primaryPackagePurpose":"OPERATING-SYSTEM"},
                  {"name":"libssl3","SPDXID":"SPDXRef-Package-2","versionInfo":"3.0.15-1~deb12u1","sourceInfo":"built package from: openssl 3.0.15-1~deb12u1",
                   "licenseConcluded":"Apache-2.0","licenseDeclared":"NOASSERTION","attributionTexts":["PkgID: libssl3@3.0.15"],
                   "annotations":[{"annotator":"Tool: trivy-0.60.0","annotationType":"OTHER","comment":"LayerDiffID: %1$s"}],
                   "externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"pkg:deb/debian/libssl3@3.0.15-1~deb12u1?arch=amd64&distro=debian-12.9"}]},
                  {"name":"app:1","SPDXID":"SPDXRef-ContainerImage-3","primaryPackagePurpose":"CONTAINER","annotations":[
                   {"annotator":"Tool: trivy-0.60.0","annotationType":"OTHER","comment":"RepoDigest: app@%1$s"}]}],
                 "relationships":[{"spdxElementId":"SPDXRef-DOCUMENT","relatedSpdxElement":"SPDXRef-ContainerImage-3","relationshipType":"DESCRIBES"},
                  {"spdxElementId":"SPDXRef-ContainerImage-3","relatedSpdxElement":"SPDXRef-OperatingSystem-1","relationshipType":"CONTAINS"}]}
                """.formatted(LAYER));
        assertThat(sbom.distribution()).isEqualTo(new Distribution("debian", "12.9", ""));
        assertThat(sbom.subject().digest()).hasToString(LAYER);
        Component ssl = named(sbom, "libssl3");
        assertThat(ssl.source()).isEqualTo(new SourcePackage("openssl", "3.0.15-1~deb12u1"));
        assertThat(ssl.licences()).isEqualTo("Apache-2.0");
        assertThat(ssl.properties())
                .containsEntry("aquasecurity:trivy:LayerDiffID", LAYER)
                .containsEntry("aquasecurity:trivy:PkgID", "libssl3@3.0.15");
    }

    @Test
    void sourceRpmsAndMissingEndsAndDoubleRefs() throws IOException {
        Sbom sbom = read("""
                {"bomFormat":"CycloneDX","specVersion":"1.4","components":[
                 {"bom-ref":"a","type":"library","name":"curl","version":"0:7.76.1-26.el9",
                  "purl":"pkg:rpm/redhat/curl@7.76.1-26.el9?arch=x86_64&upstream=curl-7.76.1-26.el9.src.rpm&distro=rhel-9.2"},
                 {"bom-ref":"a","type":"library","name":"twin"}]}
                """);
        assertThat(named(sbom, "curl").source()).isEqualTo(new SourcePackage("curl", "7.76.1-26.el9"));
        assertThat(named(sbom, "twin").id()).isNotEqualTo("a");
        assertThat(sbom.distribution()).isEqualTo(new Distribution("rhel", "9.2", ""));
    }
}
