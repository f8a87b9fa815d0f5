package dev.cairn.proof;

import dev.cairn.inspect.ImageContents;
import dev.cairn.inspect.ImageDifference;
import dev.cairn.inspect.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// An image before and after a migration: what they did, what they hold, and what to think of each difference.
///
/// @param rows conduct first, then settings, then contents
public record MigrationProof(List<Row> rows) {
    public MigrationProof {
        rows = List.copyOf(rows);
    }

    /// One of the two images.
    ///
    /// @param contents what it holds
    /// @param conduct what it did
    public record Side(ImageContents contents, Conduct conduct) {}

    /// Compares.
    ///
    /// @param declared the variables that the Dockerfile before sets: all others are the base image's own affair
    public static MigrationProof of(Side before, Side after, Set<String> declared) {
        List<Row> rows = new ArrayList<>(ConductRows.of(before.conduct(), after.conduct()));
        ImageDifference difference = ImageDifference.of(before.contents(), after.contents());
        rows.add(start(before.contents(), after.contents()));
        for (ImageDifference.Setting each : difference.settings()) {
            Row row = SettingRules.judge(each, declared);
            if (row.verdict() != Verdict.SAME) {
                rows.add(row);
            }
        }
        rows.add(count("packages", before, after, side ->
                (long) side.contents().packages().size()));
        rows.add(count(
                "files", before, after, side -> (long) side.contents().files().size()));
        rows.add(count("bytes unpacked", before, after, side -> side.contents().unpackedSize()));
        return new MigrationProof(rows);
    }

    /// Whether nothing differs that no step intends.
    public boolean holds() {
        return rows.stream().noneMatch(row -> row.verdict() == Verdict.BROKEN);
    }

    /// How many rows have this verdict.
    public long count(Verdict verdict) {
        return rows.stream().filter(row -> row.verdict() == verdict).count();
    }

    private static Row start(ImageContents before, ImageContents after) {
        List<String> was = StartCommand.words(before.image().config().execution());
        List<String> is = StartCommand.words(after.image().config().execution());
        boolean same = was.equals(is);
        return new Row(
                "start command",
                Settings.words(was),
                Settings.words(is),
                same ? Verdict.SAME : Verdict.LOOK,
                same ? "" : "the words differ; what it does is in the rows above");
    }

    private static Row count(String name, Side before, Side after, Function<Side, Long> measure) {
        long was = measure.apply(before);
        long is = measure.apply(after);
        Verdict verdict = was == is ? Verdict.SAME : is < was ? Verdict.INTENDED : Verdict.LOOK;
        String why = was == is ? "" : is < was ? "less to carry and to patch" : "there are more than before";
        return new Row(name, Long.toString(was), Long.toString(is), verdict, why);
    }
}
