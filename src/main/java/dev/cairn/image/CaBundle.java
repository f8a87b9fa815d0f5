package dev.cairn.image;

import dev.cairn.image.definition.Definition;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Makes what Debian's ca-certificates makes in a script below `/etc/ssl/certs`: `ca-certificates.crt`, the
/// certificates that the package itself holds, one after the other, never the host's, and behind them those of the
/// definition; and for programs that look into the folder a link for each certificate and, by the hash of its
/// subject, a second one.
final class CaBundle {
    static final String PATH = "etc/ssl/certs/ca-certificates.crt";
    private static final String FOLDER = "etc/ssl/certs/";
    private static final String SHARED = "usr/share/ca-certificates";
    private static final String LOCAL = "usr/local/share/ca-certificates/";
    private static final String LINK = "generated: how OpenSSL finds certificates in a folder";

    private CaBundle() {}

    static void write(TopTree top, Captured captured, Definition definition) {
        byte[] shipped = captured.find(PATH);
        Map<String, byte[]> parts = captured.below(SHARED);
        boolean made = shipped == null && !parts.isEmpty();
        if (!made && definition.certificates().isEmpty()) {
            return;
        }
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        Map<String, Integer> hashes = new HashMap<>();
        if (shipped != null) {
            add(bundle, shipped);
        } else {
            parts.forEach((path, certificate) -> {
                add(bundle, certificate);
                links(top, path, certificate, hashes);
            });
        }
        for (Definition.NamedText each : definition.certificates()) {
            byte[] content = each.content().getBytes(StandardCharsets.UTF_8);
            add(bundle, content);
            String file = LOCAL + (each.name().endsWith(".crt") ? each.name() : each.name() + ".crt");
            top.file(file, 0644, content, "certificate of the definition");
            if (made) {
                links(top, file, content, hashes);
            }
        }
        top.file(PATH, 0644, bundle.toByteArray(), "generated: the certificates of ca-certificates in one file");
    }

    /// The certificates that the bundle is made of, by the names of their files, in its order.
    static Map<String, byte[]> parts(Captured captured, Definition definition) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        byte[] shipped = captured.find(PATH);
        if (shipped == null) {
            captured.below(SHARED).forEach((path, content) -> parts.put(name(path), content));
        } else {
            parts.put(name(PATH), shipped);
        }
        definition
                .certificates()
                .forEach(each -> parts.put(each.name(), each.content().getBytes(StandardCharsets.UTF_8)));
        return parts;
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// `NAME.pem` → the certificate, and `HASH.N` → `NAME.pem`, as update-ca-certificates and `openssl rehash` do.
    private static void links(TopTree top, String path, byte[] certificate, Map<String, Integer> hashes) {
        String name = name(path);
        String pem = (name.endsWith(".crt") ? name.substring(0, name.length() - 4) : name)
                        .replace(' ', '_')
                        .replace('(', '=')
                        .replace(')', '=')
                        .replace(',', '_')
                + ".pem";
        SubjectHash.of(certificate).ifPresent(hash -> {
            int number = hashes.merge(hash, 1, Integer::sum) - 1;
            top.symlink(FOLDER + pem, "/" + path, LINK);
            top.symlink(FOLDER + hash + "." + number, pem, LINK);
        });
    }

    private static void add(ByteArrayOutputStream bundle, byte[] certificate) {
        bundle.writeBytes(certificate);
        if (certificate.length > 0 && certificate[certificate.length - 1] != '\n') {
            bundle.write('\n');
        }
    }
}
