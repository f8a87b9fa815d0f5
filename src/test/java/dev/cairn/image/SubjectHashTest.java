package dev.cairn.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.Mutations;
import dev.cairn.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubjectHashTest {
    /// Self-signed, with blanks to fold, capitals and letters beyond ASCII in its subject.
    static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIICGTCCAb+gAwIBAgIURHlvC1xnsoA5w6ZNZxABC59WkrowCgYIKoZIzj0EAwIw
            YTELMAkGA1UEBhMCREUxIzAhBgNVBAoMGiAgRXhhbXBsZSAgIMOWcmdhbmlzYXRp
            b24gMRYwFAYDVQQLDA1UZXN0aW5nLCBPbmx5MRUwEwYDVQQDDAxFeGFtcGxlIFJP
            T1QwIBcNMjYxMTI3MDgzMjUyWhgPMjEyNjExMDMwODMyNTJaMGExCzAJBgNVBAYT
            AkRFMSMwIQYDVQQKDBogIEV4YW1wbGUgICDDlnJnYW5pc2F0aW9uIDEWMBQGA1UE
            CwwNVGVzdGluZywgT25seTEVMBMGA1UEAwwMRXhhbXBsZSBST09UMFkwEwYHKoZI
            zj0CAQYIKoZIzj0DAQcDQgAEVKbY0Z4tG5aDKpqq/ELr8U8DiBgcUQF1dt0uK9Jh
            1+B0Gfj6cyXVEwYMaw5htg8ZiTQVjtVAKROAAqIKJ51w56NTMFEwHQYDVR0OBBYE
            FBX4L4xCpY9OOYoxTbHaQggCxw0gMB8GA1UdIwQYMBaAFBX4L4xCpY9OOYoxTbHa
            QggCxw0gMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgbP+ZE6nL
            6wVz16WFOEH1eRaiZPmuDsm96Eu1XJjX5twCIQC9txGU+XYksjKt6yr7J0qeQAVy
            Sl2v+QDYQkHL6tjnDg==
            -----END CERTIFICATE-----
            """;

    @Test
    void theSubjectIsFolded() {
        assertThat(SubjectHash.of(utf8(CERTIFICATE))).contains("994c6eb7");
        assertThat(SubjectHash.of(utf8("a comment\n" + CERTIFICATE + "and more")))
                .isEqualTo(SubjectHash.of(utf8(CERTIFICATE)));
    }

    @Test
    void whatIsNoCertificateHasNone() {
        assertThat(SubjectHash.of(utf8("hello"))).isEmpty();
        assertThat(SubjectHash.of(utf8("-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n")))
                .isEmpty();
        assertThat(SubjectHash.of(utf8("-----BEGIN CERTIFICATE-----\n%%%\n-----END CERTIFICATE-----\n")))
                .isEmpty();
    }

    @Test
    void damageIsSurvived() {
        Mutations.of(
                utf8(CERTIFICATE),
                20261127,
                2000,
                damaged ->
                        assertThat(SubjectHash.of(damaged).orElse("00000000")).matches("[0-9a-f]{8}"));
    }

    @Test
    void opensslAgrees(@TempDir Path folder) throws IOException {
        Tool openssl = Tool.require("openssl");
        for (String subject : List.of(
                "/CN=plain",
                "/C=de/O=Ends With Blank /CN=  x  y  ",
                "/O=A+OU=B+CN=c",
                "/CN=ÄÖÜ ß ŁÓDŹ",
                "/emailAddress=ca@EXAMPLE.org/CN=tab\tinside")) {
            Path file = folder.resolve("c.pem");
            openssl.run(
                            "req",
                            "-x509",
                            "-newkey",
                            "ed25519",
                            "-nodes",
                            "-utf8",
                            "-keyout",
                            folder.resolve("k"),
                            "-subj",
                            subject,
                            "-out",
                            file)
                    .success();
            String expected = openssl.run("x509", "-noout", "-subject_hash", "-in", file)
                    .success()
                    .strip();

            assertThat(SubjectHash.of(Files.readAllBytes(file))).as(subject).contains(expected);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
