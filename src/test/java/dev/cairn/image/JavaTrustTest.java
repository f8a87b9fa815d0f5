package dev.cairn.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.image.layer.FileFact;
import dev.cairn.image.layer.MadeFacts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JavaTrustTest {
    /// The certificates that this JVM trusts, as PEM files.
    private static Map<String, byte[]> certificates() throws GeneralSecurityException, IOException {
        KeyStore own = KeyStore.getInstance(
                Path.of(System.getProperty("java.home"), "lib/security/cacerts").toFile(), (char[]) null);
        Map<String, byte[]> pem = new LinkedHashMap<>();
        for (String alias : Collections.list(own.aliases())) {
            pem.put(alias + ".crt", pem(own.getCertificate(alias)));
        }
        return pem;
    }

    private static byte[] pem(Certificate certificate) throws GeneralSecurityException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
        return ("# " + certificate.getType() + "\n-----BEGIN CERTIFICATE-----\n" + text
                        + "\n-----END CERTIFICATE-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void javaReadsEveryCertificate() throws Exception {
        Map<String, byte[]> pem = certificates();
        JavaKeyStore store = new JavaKeyStore();
        pem.forEach(store::add);
        assertThat(store.size()).isGreaterThan(100);
        KeyStore read = KeyStore.getInstance("JKS");
        read.load(new ByteArrayInputStream(store.toBytes()), "changeit".toCharArray());
        assertThat(read.size()).isEqualTo(store.size());
        for (String alias : Collections.list(read.aliases())) {
            assertThat(pem(read.getCertificate(alias))).isIn(pem.values());
            assertThat(read.getCreationDate(alias).getTime()).isZero();
        }
    }

    @Test
    void equalCertificatesGiveEqualBytesAndNoneStandsTwice() throws Exception {
        List<byte[]> pem = List.copyOf(certificates().values());
        JavaKeyStore first = new JavaKeyStore();
        JavaKeyStore second = new JavaKeyStore();
        for (JavaKeyStore each : List.of(first, second)) {
            each.add("One.crt", pem.get(0));
            each.add("one.pem", pem.get(1));
            each.add("again", pem.get(0));
            each.add("bundle.crt", concat(pem.subList(1, 4)));
            each.add("broken", "-----BEGIN CERTIFICATE-----\nAA".getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(first.size()).isEqualTo(4);
        assertThat(first.toBytes()).isEqualTo(second.toBytes());
        KeyStore read = KeyStore.getInstance("JKS");
        read.load(new ByteArrayInputStream(first.toBytes()), "changeit".toCharArray());
        assertThat(Collections.list(read.aliases())).containsExactlyInAnyOrder("one", "one-2", "bundle", "bundle-2");
    }

    private static byte[] concat(List<byte[]> parts) {
        StringBuilder all = new StringBuilder();
        parts.forEach(each -> all.append(new String(each, StandardCharsets.US_ASCII)));
        return all.toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void onlyImagesWithARuntimeGetOne() throws Exception {
        Map<String, byte[]> pem = certificates();
        assertThat(written(pem, false, "usr/lib/jvm/x/bin/java")).contains("etc/ssl/certs/java/cacerts");
        assertThat(written(pem, false, "usr/lib/jvm/x/lib/libjvm.so")).isEmpty();
        assertThat(written(pem, false, "usr/bin/other")).isEmpty();
        assertThat(written(Map.of(), false, "usr/lib/jvm/x/bin/java")).isEmpty();
    }

    @Test
    void aRuntimesOwnStoreStaysUnlessCertificatesAreAdded() throws Exception {
        String own = "usr/lib/jvm/x/lib/security/cacerts";
        assertThat(written(certificates(), false, "usr/lib/jvm/x/bin/java", own))
                .doesNotContain(own);
        assertThat(written(certificates(), true, "usr/lib/jvm/x/bin/java", own)).contains(own);
        assertThat(written(certificates(), false, "usr/lib/jvm/x/bin/java")).contains(own);
    }

    private static List<String> written(Map<String, byte[]> certificates, boolean added, String... files) {
        List<FileFact> facts = new ArrayList<>();
        facts.add(MadeFacts.directory("usr/lib/jvm", 0755, 0));
        for (String each : files) {
            facts.add(MadeFacts.file(each, 1));
        }
        TopTree top = Installed.top();
        MergedView view = new MergedView(List.of(Installed.of("java", 1, facts.toArray(FileFact[]::new))));
        JavaTrust.write(new ImageTree(view, top), certificates, added);
        return top.entries().stream().map(each -> each.tar().path()).toList();
    }
}
