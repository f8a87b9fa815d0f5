package dev.cairn.migrate;

import java.util.List;

/// What the steps say to one file.
///
/// @param path the file, relative to the folder that was asked about, with `/`
/// @param steps the steps in their order; each starts from what the one before leaves
public record FileReport(String path, List<StepReport> steps) {
    public FileReport {
        steps = List.copyOf(steps);
    }

    /// How a file stands towards a step.
    public enum Status {
        /// There is nothing left to do.
        DONE("done"),
        /// It would change the file.
        READY("ready"),
        /// It would change parts of the file; others are left as they are.
        PARTLY("partly"),
        /// It leaves the file as it is, and says why.
        BLOCKED("blocked");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        /// The word in reports.
        public String word() {
            return word;
        }
    }

    /// One step.
    ///
    /// @param step its name
    /// @param diff what it changes, one char per byte; empty for nothing
    /// @param findings what there is to say
    public record StepReport(String step, String diff, List<Finding> findings) {
        public StepReport {
            findings = List.copyOf(findings);
        }

        /// How the file stands.
        public Status status() {
            boolean refused = findings.stream().anyMatch(Finding::isRefusal);
            if (diff.isEmpty()) {
                return refused ? Status.BLOCKED : Status.DONE;
            }
            return refused ? Status.PARTLY : Status.READY;
        }

        /// The findings of a level.
        public List<Finding> of(Reason.Level level) {
            return findings.stream().filter(f -> f.reason().level() == level).toList();
        }

        /// In a few words, for a plan.
        public String summary() {
            return switch (status()) {
                case DONE -> "nothing to do";
                case READY, PARTLY, BLOCKED -> {
                    int changes = of(Reason.Level.CHANGE).size();
                    int notes = of(Reason.Level.NOTE).size();
                    int refused = of(Reason.Level.REFUSED).size();
                    String text = diff.isEmpty() ? "" : counted(changes, "change");
                    text += notes == 0 ? "" : (text.isEmpty() ? "" : ", ") + counted(notes, "note");
                    yield text + (refused == 0 ? "" : (text.isEmpty() ? "" : ", ") + counted(refused, "refusal"));
                }
            };
        }

        private static String counted(int count, String what) {
            return count + " " + what + (count == 1 ? "" : "s");
        }
    }
}
