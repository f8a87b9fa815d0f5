package dev.cairn.image;

import dev.cairn.image.definition.Definition;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Makes `/etc/ssl/certs/ca-certificates.crt`, which Debian's package makes in a script: the certificates that the
/// package itself holds, one after the other, never the host's; behind them those of the definition.
final class CaBundle {
    static final String PATH = "etc/ssl/certs/ca-certificates.crt";

    private CaBundle() {}

    static void write(TopTree top, Captured captured, Definition definition) {
        byte[] shipped = captured.find(PATH);
        Map<String, byte[]> parts = captured.below("usr/share/ca-certificates");
        boolean made = shipped == null && !parts.isEmpty();
        if (!made && definition.certificates().isEmpty()) {
            return;
        }
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        if (shipped != null) {
            add(bundle, shipped);
        } else {
            parts.values().forEach(certificate -> add(bundle, certificate));
        }
        for (Definition.NamedText each : definition.certificates()) {
            byte[] content = each.content().getBytes(StandardCharsets.UTF_8);
            add(bundle, content);
            String file = each.name().endsWith(".crt") ? each.name() : each.name() + ".crt";
            top.file("usr/local/share/ca-certificates/" + file, 0644, content, "certificate of the definition");
        }
        top.file(PATH, 0644, bundle.toByteArray(), "generated: the certificates of ca-certificates in one file");
    }

    private static void add(ByteArrayOutputStream bundle, byte[] certificate) {
        bundle.writeBytes(certificate);
        if (certificate.length > 0 && certificate[certificate.length - 1] != '\n') {
            bundle.write('\n');
        }
    }
}
