package dev.cairn.scan;

import dev.cairn.advisory.VexStatement;
import dev.cairn.sbom.Component;
import dev.cairn.sbom.PackageUrl;
import dev.cairn.sbom.Sbom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Applies VEX statements and ignore rules that a person gave, or whose author a person trusts. Of several statements
/// about one product the latest counts.
public final class Decisions implements Triage {
    private final Map<String, List<VexStatement>> statements = new HashMap<>();
    private final List<IgnoreRule> rules;
    private final List<String> notes;

    /// These decisions.
    public Decisions(List<VexStatement> vex, List<IgnoreRule> rules) {
        this(vex, rules, List.of());
    }

    /// These decisions.
    ///
    /// @param notes what a reader of a report has to know of where they are from
    public Decisions(List<VexStatement> vex, List<IgnoreRule> rules, List<String> notes) {
        for (VexStatement statement : vex) {
            statement
                    .ids()
                    .forEach(id -> statements
                            .computeIfAbsent(id, i -> new ArrayList<>())
                            .add(statement));
        }
        this.rules = List.copyOf(rules);
        this.notes = List.copyOf(notes);
    }

    @Override
    public Finding judge(Finding finding, Sbom sbom, Instant now) {
        VexStatement statement = statement(finding, sbom);
        if (statement != null) {
            Finding.Status.State state = switch (statement.status()) {
                case NOT_AFFECTED -> Finding.Status.State.NOT_AFFECTED;
                case FIXED -> Finding.Status.State.FIXED;
                case AFFECTED, UNDER_INVESTIGATION -> Finding.Status.State.OPEN;
            };
            if (state != Finding.Status.State.OPEN) {
                return finding.withStatus(
                        new Finding.Status(state, statement.detail(), statement.author(), statement.justification()));
            }
        }
        for (IgnoreRule rule : rules) {
            if (rule.covers(finding) && !rule.isExpired(now)) {
                return finding.withStatus(new Finding.Status(
                        Finding.Status.State.ACCEPTED,
                        rule.reason() + " (until " + rule.until() + ")",
                        rule.author(),
                        ""));
            }
        }
        return finding;
    }

    @Override
    public List<String> notes(Instant now) {
        List<String> all = new ArrayList<>(notes);
        for (IgnoreRule rule : rules) {
            if (rule.isExpired(now)) {
                all.add("the rule of " + rule.author() + " about " + rule.id() + " ended on " + rule.until()
                        + ": it counts again");
            }
        }
        return all;
    }

    private @Nullable VexStatement statement(Finding finding, Sbom sbom) {
        VexStatement latest = null;
        List<String> ids = new ArrayList<>(finding.match().aliases());
        ids.add(finding.id());
        for (String id : ids) {
            for (VexStatement each : statements.getOrDefault(id, List.of())) {
                boolean later = latest == null || each.timestamp().compareTo(latest.timestamp()) >= 0;
                if (later && isMeant(each, finding, sbom)) {
                    latest = each;
                }
            }
        }
        return latest;
    }

    /// Every package of the finding has to be meant: a statement about one of two leaves the finding as it is.
    private static boolean isMeant(VexStatement statement, Finding finding, Sbom sbom) {
        boolean image = statement.products().stream().anyMatch(product -> isImage(product, sbom));
        List<String> packages = image ? statement.subcomponents() : statement.products();
        if (image && packages.isEmpty()) {
            return true;
        }
        return finding.components().stream()
                .allMatch(component -> packages.stream().anyMatch(id -> isPackage(id, component)));
    }

    private static boolean isImage(String product, Sbom sbom) {
        Sbom.Subject subject = sbom.subject();
        if (subject.digest() != null
                && product.contains(subject.digest().toString().replace(":", "%3A"))) {
            return true;
        }
        if (subject.digest() != null && product.contains(subject.digest().toString())) {
            return true;
        }
        return !subject.name().isEmpty() && product.equals(subject.name());
    }

    /// A package URL means a component when all that it says is true of it: without a version it means every version.
    private static boolean isPackage(String id, Component component) {
        PackageUrl said = PackageUrl.parseOrNull(id);
        PackageUrl own = component.purl();
        if (said == null || own == null || !said.type().equals(own.type())) {
            return false;
        }
        Component.SourcePackage source = component.source();
        boolean binary = said.name().equals(own.name()) && isVersion(said, component.version());
        boolean built = source != null
                && said.name().equals(source.name())
                && isVersion(said, source.version().isEmpty() ? component.version() : source.version());
        return (binary || built)
                && (said.namespace().isEmpty() || said.namespace().equals(own.namespace()));
    }

    private static boolean isVersion(PackageUrl said, String version) {
        return said.version() == null || said.version().equals(version);
    }
}
