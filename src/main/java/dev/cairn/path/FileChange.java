package dev.cairn.path;

import dev.cairn.migrate.FileReport.StepReport;
import java.util.List;

/// What a step does to one Dockerfile.
///
/// @param path the file, relative to the repository
/// @param report the difference, and what there is to say
/// @param files files that the step puts beside it, relative to the repository
/// @param millis how long the step took
public record FileChange(String path, StepReport report, List<NewFile> files, long millis) {
    public FileChange {
        files = List.copyOf(files);
    }

    /// A file that belongs to the change.
    public record NewFile(String path, String content) {}

    /// Whether the file is another one now.
    public boolean isChanged() {
        return !report.diff().isEmpty();
    }

    /// Lines that came and went.
    public int lines(char sign) {
        return (int) report.diff()
                .lines()
                .filter(line ->
                        !line.isEmpty() && line.charAt(0) == sign && !line.startsWith("---") && !line.startsWith("+++"))
                .count();
    }
}
