package dev.cairn.scan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Holds all images of the scan history against a new database. What each image has now is added to the history, so
/// that
/// it tells when a flaw was first matched; a package that several images have is matched once.
public final class Rematch {
    private final History history;
    private final Scanner scanner;

    /// What came of one image.
    ///
    /// @param image its name
    /// @param before fixable findings as the history had them last
    /// @param now fixable findings by the new database
    /// @param problem why it could not be matched, or empty
    public record Outcome(String image, int before, int now, String problem) {
        /// Whether there are more or fewer than before.
        public boolean isChanged() {
            return problem.isEmpty() && before != now;
        }
    }

    /// A rematch of this history.
    public Rematch(History history, Scanner scanner) {
        this.history = history;
        this.scanner = scanner;
    }

    /// Matches the last rollout of each image, where it was not held against this database already.
    public List<Outcome> run() throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        List<History.Entry> entries = new ArrayList<>();
        for (Map.Entry<String, History.Entry> each : history.latest().entrySet()) {
            History.Entry entry = each.getValue();
            try {
                ScanResult result = scanner.scan(history.packages(entry), null, Triage.NONE);
                if (!result.databaseDigest().equals(entry.database())) {
                    entries.add(new History.Entry(
                            result.scannedAt(),
                            entry.image(),
                            entry.imageDigest(),
                            entry.packages(),
                            result.databaseDigest(),
                            History.numbers(result)));
                    outcomes.add(new Outcome(
                            entry.image(), entry.fixable(), result.totals().fixable(), ""));
                }
            } catch (ScanException e) {
                String message = String.valueOf(e.getMessage());
                outcomes.add(new Outcome(
                        entry.image(), 0, 0, message.lines().findFirst().orElse(message)));
            }
        }
        if (!entries.isEmpty()) {
            history.append(entries);
        }
        return outcomes;
    }
}
