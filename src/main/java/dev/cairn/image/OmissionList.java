package dev.cairn.image;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// The reviewed list of packages that a Debian runtime image can do without (`omissions.tsv`): name → reason.
final class OmissionList {
    private OmissionList() {}

    static Map<String, String> read() {
        Map<String, String> reasons = new HashMap<>();
        try (InputStream in = Objects.requireNonNull(
                        OmissionList.class.getResourceAsStream("omissions.tsv"), "omissions.tsv");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int tab = line.indexOf('\t');
                if (tab > 0 && line.charAt(0) != '#') {
                    reasons.put(line.substring(0, tab), line.substring(tab + 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reasons;
    }
}
