package dev.cairn.scan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// A decision to live with a flaw for a while: `CVE-2024-1234 [PACKAGE] until 2026-12-31 by AUTHOR: REASON`. A rule
/// without an end, an author or a reason is refused; after its last day the finding counts again.
///
/// @param packageName the source package, or empty for all
public record IgnoreRule(String id, String packageName, LocalDate until, String author, String reason) {
    private static final long LONGEST = 4 << 20;

    /// Reads a file of rules, one a line; `#` begins a comment.
    public static List<IgnoreRule> read(Path file) throws IOException {
        if (Files.size(file) > LONGEST) {
            throw new ScanException(ScanException.Code.MALFORMED, file + ": too long for a file of rules");
        }
        return parseAll(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), file.toString());
    }

    static List<IgnoreRule> parseAll(String text, String where) {
        List<IgnoreRule> rules = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            String rule = line.strip();
            if (!rule.isEmpty() && !rule.startsWith("#")) {
                rules.add(parse(rule, where + ", line " + number));
            }
        }
        return rules;
    }

    static IgnoreRule parse(String text, String where) {
        int until = text.indexOf(" until ");
        int by = text.indexOf(" by ", Math.max(0, until) + " until ".length());
        int colon = text.indexOf(": ", Math.max(0, by));
        if (until < 0 || by < 0 || colon < 0 || text.substring(colon + 2).isBlank()) {
            throw new ScanException(
                    ScanException.Code.MALFORMED,
                    where + ": not a rule: '" + text + "'\ntry: CVE-2024-1234 until 2026-12-31 by AUTHOR: REASON");
        }
        String[] what = text.substring(0, until).strip().split("\\s+", -1);
        try {
            return new IgnoreRule(
                    what[0],
                    what.length > 1 ? what[1] : "",
                    LocalDate.parse(
                            text.substring(until + " until ".length(), by).strip()),
                    text.substring(by + " by ".length(), colon).strip(),
                    text.substring(colon + 2).strip());
        } catch (DateTimeException e) {
            throw new ScanException(
                    ScanException.Code.MALFORMED, where + ": not a day: " + e.getMessage() + "\ntry: 2026-12-31");
        }
    }

    boolean covers(Finding finding) {
        boolean flaw = finding.id().equals(id) || finding.match().aliases().contains(id);
        return flaw && (packageName.isEmpty() || packageName.equals(finding.packageName()));
    }

    boolean isExpired(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC).isAfter(until);
    }
}
