package dev.cairn.scan;

import dev.cairn.advisory.Fact;
import dev.cairn.advisory.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Until when findings have to be gone. Policies are data: lines `KEY VALUE`, and `SEVERITY DAYS from discovery|fix`.
///
/// @param name as it is named on the command line
/// @param title for reports
/// @param source the text that it is from
/// @param knownExploited whether CISA's due date counts for known exploited flaws, where it is earlier
/// @param fixableOnly whether only findings with a fix are due
/// @param terms days by severity
public record Policy(
        String name,
        String title,
        String source,
        boolean knownExploited,
        boolean fixableOnly,
        Map<Severity, Term> terms) {
    private static final List<String> NAMES = List.of("fedramp-rev5", "pci-dss-4", "sla-7-14");
    private static final int LONGEST = 1 << 16;

    /// How long there is.
    ///
    /// @param fromFix whether the days count from the fix's release instead of from the discovery
    public record Term(int days, boolean fromFix) {}

    /// A day by which a finding has to be gone, and the rule that says so.
    public record Due(LocalDate day, String rule) {}

    public Policy {
        terms = Map.copyOf(terms);
    }

    /// The policy of this name, or in this file.
    public static Policy load(String nameOrFile) throws IOException {
        if (NAMES.contains(nameOrFile)) {
            try (InputStream in = Policy.class.getResourceAsStream(nameOrFile + ".policy")) {
                if (in == null) {
                    throw new IllegalStateException("the resource " + nameOrFile + " is missing");
                }
                return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), nameOrFile, nameOrFile);
            }
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isRegularFile(file)) {
            throw new ScanException(
                    ScanException.Code.USAGE,
                    "no policy '" + nameOrFile + "'\ntry: " + String.join(", ", NAMES) + ", or a file");
        }
        if (Files.size(file) > LONGEST) {
            throw new ScanException(ScanException.Code.MALFORMED, file + ": too long for a policy");
        }
        return parse(
                new String(Files.readAllBytes(file), StandardCharsets.UTF_8),
                file.getFileName().toString(),
                file.toString());
    }

    static Policy parse(String text, String name, String where) {
        String title = name;
        String source = "";
        boolean exploited = false;
        boolean fixable = false;
        Map<Severity, Term> terms = new EnumMap<>(Severity.class);
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            String content = line.strip();
            if (content.isEmpty() || content.startsWith("#")) {
                continue;
            }
            String[] words = content.split("\\s+", 2);
            String value = words.length > 1 ? words[1] : "";
            switch (words[0]) {
                case "title" -> title = value;
                case "source" -> source = value;
                case "known-exploited" -> exploited = value.equals("cisa-due-date");
                case "only" -> fixable = value.equals("fixable");
                default -> terms.put(severity(words[0], where, number), term(value, where, number));
            }
        }
        if (terms.isEmpty()) {
            throw malformed(where, number, "no line of the form 'high 30 from discovery'");
        }
        return new Policy(name, title, source, exploited, fixable, terms);
    }

    private static Severity severity(String word, String where, int number) {
        Severity severity = Severity.of(word);
        if (severity == Severity.UNKNOWN && !word.equals("unknown")) {
            throw malformed(where, number, "'" + word + "' is no severity and no key");
        }
        return severity;
    }

    private static Term term(String value, String where, int number) {
        String[] words = value.split("\\s+", -1);
        boolean known = words.length == 3
                && words[1].equals("from")
                && (words[2].equals("discovery") || words[2].equals("fix"));
        try {
            if (known) {
                return new Term(Integer.parseInt(words[0]), words[2].equals("fix"));
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw malformed(where, number, "expected DAYS from discovery|fix, found '" + value + "'");
    }

    private static ScanException malformed(String where, int number, String problem) {
        return new ScanException(ScanException.Code.MALFORMED, where + ", line " + number + ": " + problem);
    }

    /// When a finding that was first seen on this day has to be gone; null when the policy sets no day.
    public @Nullable Due due(Finding finding, LocalDate firstSeen) {
        if (!finding.counts() || (fixableOnly && !finding.isFixable())) {
            return null;
        }
        Due due = null;
        Term term = terms.get(finding.severity());
        if (term != null) {
            int published = finding.match().fact().published();
            boolean fix = term.fromFix() && finding.isFixable() && published != Fact.NO_DAY;
            LocalDate from = fix ? LocalDate.ofEpochDay(published) : firstSeen;
            due = new Due(
                    from.plusDays(term.days()),
                    name + ": " + finding.severity().id() + " " + term.days() + " days from "
                            + (fix ? "the fix" : "discovery"));
        }
        if (knownExploited && finding.score().kevDue() != Fact.NO_DAY) {
            LocalDate kev = LocalDate.ofEpochDay(finding.score().kevDue());
            LocalDate latest = kev.isBefore(firstSeen) ? firstSeen : kev;
            if (due == null || latest.isBefore(due.day())) {
                due = new Due(latest, name + ": known exploited, CISA's due date");
            }
        }
        return due;
    }
}
