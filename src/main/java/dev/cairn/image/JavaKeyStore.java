package dev.cairn.image;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A Java key store of trusted certificates in the format JKS, version 2, as every JRE reads it: entries in the
/// order in which they were added, each dated 1970-01-01, so that equal certificates give equal bytes. (The JDK's
/// own writer dates entries by the hour at which they were made, and orders them by hash.) The password that its
/// checksum covers is the customary one.
final class JavaKeyStore {
    private static final int MAGIC = 0xfeedfeed;
    private static final int VERSION = 2;
    private static final int TRUSTED_CERTIFICATE = 2;
    private static final String PASSWORD = "changeit";
    /// What the format's checksum covers besides password and content.
    private static final String WHITENER = "Mighty Aphrodite";

    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";

    private final Map<String, byte[]> certificates = new LinkedHashMap<>();
    private final Map<String, String> known = new LinkedHashMap<>();

    /// Adds every certificate of a PEM file; one that is here already stays as it is. Names are the file's, in
    /// lower case since a store does not tell case apart, and with a number where that is taken.
    void add(String file, byte[] pem) {
        String text = new String(pem, StandardCharsets.ISO_8859_1);
        String base = file.toLowerCase(Locale.ROOT);
        String name = base.endsWith(".crt") || base.endsWith(".pem") ? base.substring(0, base.length() - 4) : base;
        int from = text.indexOf(BEGIN);
        while (from >= 0) {
            int to = text.indexOf(END, from);
            if (to < 0) {
                return;
            }
            add(name, text.substring(from + BEGIN.length(), to));
            from = text.indexOf(BEGIN, to);
        }
    }

    private void add(String name, String base64) {
        byte[] der;
        try {
            der = Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return;
        }
        String alias = name;
        for (int i = 2; certificates.containsKey(alias); i++) {
            alias = name + "-" + i;
        }
        if (known.putIfAbsent(Base64.getEncoder().encodeToString(der), alias) == null) {
            certificates.put(alias, der);
        }
    }

    /// How many certificates there are.
    int size() {
        return certificates.size();
    }

    /// The store's bytes.
    byte[] toBytes() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            out.writeInt(certificates.size());
            for (Map.Entry<String, byte[]> each : certificates.entrySet()) {
                out.writeInt(TRUSTED_CERTIFICATE);
                out.writeUTF(each.getKey());
                out.writeLong(0);
                out.writeUTF("X.509");
                out.writeInt(each.getValue().length);
                out.write(each.getValue());
            }
            out.flush();
            bytes.writeBytes(checksum(bytes.toByteArray()));
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] checksum(byte[] content) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(PASSWORD.getBytes(StandardCharsets.UTF_16BE));
            sha1.update(WHITENER.getBytes(StandardCharsets.US_ASCII));
            return sha1.digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
