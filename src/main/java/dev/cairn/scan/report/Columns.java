package dev.cairn.scan.report;

import dev.cairn.advisory.Fact;
import dev.cairn.advisory.Score;
import dev.cairn.sbom.Component;
import dev.cairn.scan.Finding;
import dev.cairn.scan.Policy;
import dev.cairn.scan.report.Report.Row;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The columns of the spreadsheet, one row a finding. Cells are texts, numbers or days; absent ones are null.
final class Columns {
    /// A column.
    ///
    /// @param width in characters
    record Column(String title, int width, Function<Row, @Nullable Object> cell) {}

    static final List<Column> ALL = List.of(
            new Column("ID", 18, row -> row.finding().id()),
            new Column(
                    "Aliases", 24, row -> String.join(" ", row.finding().match().aliases())),
            new Column("Status", 14, Columns::status),
            new Column("Severity", 11, row -> row.finding().severity().id()),
            new Column("Severity source", 16, row -> row.finding().severitySource()),
            new Column("Adjusted severity", 14, Columns::adjusted),
            new Column("Adjustment reason", 30, Columns::adjustment),
            new Column("KEV added", 12, row -> day(row.finding().score().kevAdded())),
            new Column("KEV due", 12, row -> day(row.finding().score().kevDue())),
            new Column("EPSS", 9, row -> number(row.finding().score().epss())),
            new Column("EPSS date", 12, row -> day(row.finding().score().epssDay())),
            new Column("CVSS", 7, row -> number(score(row).cvss())),
            new Column("CVSS vector", 38, row -> score(row).vector()),
            new Column("CVSS source", 16, row -> score(row).source()),
            new Column("Image", 30, row -> row.result().name()),
            new Column("Digest", 20, row -> text(row.result().sbom().subject().digest())),
            new Column("Layer", 20, Columns::layers),
            new Column("Part", 13, row -> part(row.finding())),
            new Column("Source package", 20, row -> row.finding().packageName()),
            new Column("Installed", 20, row -> row.finding().version()),
            new Column("Fixed in", 20, row -> row.finding().fixedIn()),
            new Column("Fix date", 12, row -> fixDate(row.finding())),
            new Column("Package URL", 44, Columns::purls),
            new Column("Path", 34, Columns::paths),
            new Column("First seen", 12, Row::firstSeen),
            new Column("Last seen", 12, Row::today),
            new Column("Due", 12, row -> row.due() == null ? null : row.due().day()),
            new Column("Due by rule", 34, row -> rule(row.due())),
            new Column("Days left", 10, Row::daysLeft),
            new Column("Justification", 26, row -> row.finding().status().justification()),
            new Column("Reason", 34, row -> row.finding().status().reason()),
            new Column("Author", 22, row -> row.finding().status().author()),
            new Column("Owner", 16, row -> ""),
            new Column("Ticket", 16, row -> ""),
            new Column("Remedy", 40, Columns::remedy),
            new Column("Facts from", 18, row -> row.finding().match().feed().id()),
            new Column("Facts about", 18, row -> row.finding().target().toString()),
            new Column("Rule", 30, row -> row.finding().match().because()),
            new Column("Database", 24, row -> row.result().databaseDigest().toString()));

    private Columns() {}

    private static Score score(Row row) {
        return row.finding().score();
    }

    private static String status(Row row) {
        Finding finding = row.finding();
        if (finding.status().counts() && finding.isUndetermined()) {
            return "undetermined";
        }
        boolean vendor = finding.status().counts() && !finding.isFixable();
        return vendor ? "vendor dependency" : finding.status().state().title();
    }

    /// Headers of a kernel are not a kernel.
    private static String adjusted(Row row) {
        return row.finding().category() == Finding.Category.HEADERS ? "negligible" : "";
    }

    private static String adjustment(Row row) {
        return row.finding().category() == Finding.Category.HEADERS
                ? "only headers or tools of a kernel are installed"
                : "";
    }

    private static String part(Finding finding) {
        return finding.target().ecosystem().isDistribution() ? "distribution" : "application";
    }

    private static @Nullable LocalDate fixDate(Finding finding) {
        return finding.isFixable() && finding.match().feed().id().equals("debian-changelogs")
                ? day(finding.match().fact().published())
                : null;
    }

    private static String remedy(Row row) {
        Finding finding = row.finding();
        return finding.isFixable()
                ? "upgrade " + finding.packageName() + " to " + finding.fixedIn()
                : "none yet; leave the package out if nothing uses it";
    }

    private static String rule(Policy.@Nullable Due due) {
        return due == null ? "" : due.rule();
    }

    private static String purls(Row row) {
        Set<String> purls = new LinkedHashSet<>();
        row.finding().components().forEach(c -> purls.add(text(c.purl())));
        return String.join(" ", purls);
    }

    static String paths(Row row) {
        return places(row, Component.Location::path);
    }

    private static String layers(Row row) {
        return places(row, Component.Location::layer);
    }

    private static String places(Row row, Function<Component.Location, String> what) {
        Set<String> places = new LinkedHashSet<>();
        row.finding().components().forEach(c -> c.locations().forEach(l -> places.add(what.apply(l))));
        places.remove("");
        return places.size() > 5
                ? String.join(" ", places.stream().limit(5).toList()) + " and " + (places.size() - 5) + " more"
                : String.join(" ", places);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static @Nullable LocalDate day(int day) {
        return day == Fact.NO_DAY ? null : LocalDate.ofEpochDay(day);
    }

    private static @Nullable Double number(double number) {
        return Double.isNaN(number) ? null : number;
    }
}
