package dev.cairn.image.layer;

import dev.cairn.packages.deb.ControlFields;
import dev.cairn.packages.deb.DebFile;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A Debian package's paragraph for dpkg's status file, as far as it is the same in every image: without the fields
/// `Package` and `Status`, which the image writes before it, and with the conffiles' checksums.
final class DebStanza {
    private DebStanza() {}

    static String of(DebFile deb, Map<String, String> md5s) {
        StringBuilder out = new StringBuilder();
        for (ControlFields.Field field : deb.control().fields()) {
            if (!field.name().equalsIgnoreCase("Package") && !field.name().equalsIgnoreCase("Status")) {
                out.append(field.name()).append(": ").append(field.value()).append('\n');
            }
        }
        byte[] conffiles = deb.controlFiles().get("conffiles");
        if (conffiles != null) {
            out.append(conffiles(new String(conffiles, StandardCharsets.UTF_8), md5s));
        }
        return out.toString();
    }

    private static String conffiles(String list, Map<String, String> md5s) {
        StringBuilder out = new StringBuilder();
        for (String line : list.split("\n", -1)) {
            String path = line.strip();
            String md5 = path.startsWith("/") ? md5s.get(path.substring(1)) : null;
            if (md5 != null) {
                out.append(out.isEmpty() ? "Conffiles:\n" : "").append(' ').append(path);
                out.append(' ').append(md5).append('\n');
            }
        }
        return out.toString();
    }
}
