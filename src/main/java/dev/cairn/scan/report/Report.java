package dev.cairn.scan.report;

import dev.cairn.scan.Comparison;
import dev.cairn.scan.Finding;
import dev.cairn.scan.Policy;
import dev.cairn.scan.ScanResult;
import dev.cairn.scan.Trend;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a report is made of.
///
/// @param title its heading
/// @param results one for each image
/// @param policy the policy that sets due dates, or null
/// @param firstSeen when findings were first seen
/// @param comparison two images held against each other, or null
/// @param trends curves over time, maybe none
/// @param tool the version of Cairn
public record Report(
        String title,
        List<ScanResult> results,
        @Nullable Policy policy,
        FirstSeen firstSeen,
        @Nullable Comparison comparison,
        List<Trend> trends,
        String tool) {

    /// When a finding of an image was first seen.
    public interface FirstSeen {
        /// The day of the scan itself where nothing is kept.
        FirstSeen TODAY = (result, finding) -> LocalDate.ofInstant(result.scannedAt(), ZoneOffset.UTC);

        /// The day.
        LocalDate of(ScanResult result, Finding finding);
    }

    public Report {
        results = List.copyOf(results);
        trends = List.copyOf(trends);
    }

    /// A report about one image.
    public static Report of(ScanResult result, @Nullable Policy policy, FirstSeen firstSeen, String tool) {
        return new Report(result.name(), List.of(result), policy, firstSeen, null, List.of(), tool);
    }

    /// When the youngest scan was made.
    Instant time() {
        return results.stream()
                .map(ScanResult::scannedAt)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    /// The findings of all images, each with its image and its due date.
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        results.forEach(result -> rows.addAll(rows(result)));
        return rows;
    }

    /// The findings of one image.
    List<Row> rows(ScanResult result) {
        List<Row> rows = new ArrayList<>();
        for (Finding finding : result.findings()) {
            LocalDate seen = firstSeen.of(result, finding);
            rows.add(new Row(result, finding, seen, policy == null ? null : policy.due(finding, seen)));
        }
        return rows;
    }

    /// One finding of one image.
    record Row(ScanResult result, Finding finding, LocalDate firstSeen, Policy.@Nullable Due due) {
        LocalDate today() {
            return LocalDate.ofInstant(result.scannedAt(), ZoneOffset.UTC);
        }

        /// Days until it is due; negative when it is overdue, null when nothing is due.
        @Nullable
        Long daysLeft() {
            return due == null ? null : due.day().toEpochDay() - today().toEpochDay();
        }

        boolean isOverdue() {
            Long left = daysLeft();
            return left != null && left < 0;
        }
    }
}
