package dev.cairn.packages.deb;

import dev.cairn.digest.Digest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a suite's signed Release file says (Debian's repository format, "Release files").
///
/// @param suite `stable`
/// @param codename `trixie`
/// @param date when it was made
/// @param validUntil when it expires, if it does
/// @param byHash whether files can be had by their digest
/// @param priority the pin priority that apt gives its packages
/// @param files each index's digest and size, by its path below the suite
record Release(
        String suite,
        String codename,
        Instant date,
        Optional<Instant> validUntil,
        boolean byHash,
        int priority,
        Map<String, Listed> files) {

    /// A file that the Release file lists.
    record Listed(Digest digest, long size) {}

    /// Components and architectures with packages, `main/amd64`, sorted.
    List<String> places() {
        return files.keySet().stream()
                .filter(path -> path.contains("/binary-"))
                .map(path -> path.substring(0, path.lastIndexOf('/')).replace("/binary-", "/"))
                .distinct()
                .sorted()
                .toList();
    }

    /// Reads the text of a Release file; `where` names it in messages.
    static Release parse(String text, String where) {
        ControlFields fields = ControlFields.parse(text);
        boolean quiet = fields.isYes("NotAutomatic");
        int priority = !quiet ? 500 : fields.isYes("ButAutomaticUpgrades") ? 100 : 1;
        String codename = fields.get("Codename", fields.get("Suite", ""));
        String until = fields.get("Valid-Until");
        return new Release(
                fields.get("Suite", codename),
                codename,
                time(fields.require("Date"), where),
                until == null ? Optional.empty() : Optional.of(time(until, where)),
                fields.isYes("Acquire-By-Hash"),
                priority,
                files(fields.require("SHA256"), where));
    }

    private static Map<String, Listed> files(String list, String where) {
        Map<String, Listed> files = new HashMap<>();
        for (String line : list.split("\n", -1)) {
            String[] words = line.strip().split("\\s+", -1);
            if (words.length == 3) {
                try {
                    files.put(words[2], new Listed(Digest.sha256(words[0]), Long.parseLong(words[1])));
                } catch (IllegalArgumentException e) {
                    throw DebException.malformed(where + " lists a file in a way that can't be read: " + line.strip());
                }
            } else if (!line.isBlank()) {
                throw DebException.malformed(where + " lists a file in a way that can't be read: " + line.strip());
            }
        }
        return files;
    }

    /// `Sat, 15 Nov 2025 10:22:38 UTC`.
    private static Instant time(String text, String where) {
        try {
            DateTimeFormatter format = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss z", Locale.ROOT);
            return ZonedDateTime.parse(text.replace("UTC", "GMT"), format).toInstant();
        } catch (DateTimeException e) {
            throw DebException.malformed(where + " has a date that can't be read: '" + text + "'");
        }
    }

    /// The package index of a component, in the best form that is listed.
    Optional<String> packages(String component, String architecture) {
        String base = component + "/binary-" + architecture + "/Packages";
        return List.of(base + ".xz", base + ".gz", base).stream()
                .filter(files::containsKey)
                .findFirst();
    }
}
