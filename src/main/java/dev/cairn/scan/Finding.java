package dev.cairn.scan;

import dev.cairn.advisory.Fact;
import dev.cairn.advisory.Score;
import dev.cairn.advisory.Severity;
import dev.cairn.advisory.Target;
import dev.cairn.sbom.Component;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// One flaw in one source package (or language package) of one image.
///
/// @param target whose facts it was held against
/// @param packageName the source package
/// @param version the version that is installed; the oldest where there are several
/// @param components the packages in the image that are built from it
/// @param match the flaw and the fact
/// @param severity how bad it is
/// @param severitySource who says so
/// @param score what is known of the CVE
/// @param category what the count it belongs to is
/// @param status whether it counts
public record Finding(
        Target target,
        String packageName,
        String version,
        List<Component> components,
        Match match,
        Severity severity,
        String severitySource,
        Score score,
        Category category,
        Status status) {

    /// What is counted together.
    public enum Category {
        /// Code that is in the image.
        CODE,
        /// Only headers are in the image: the flaw is of what would be built with them, such as a kernel.
        HEADERS
    }

    /// Whether and why a finding counts.
    ///
    /// @param state where it stands
    /// @param reason why, in words; empty for open findings
    /// @param author who decided; empty for open findings
    /// @param justification a VEX justification, or empty
    public record Status(State state, String reason, String author, String justification) {
        /// Nobody has said anything.
        public static final Status OPEN = new Status(State.OPEN, "", "", "");

        /// Where a finding stands.
        public enum State {
            /// It counts.
            OPEN,
            /// A VEX document says that the product does not have the flaw.
            NOT_AFFECTED,
            /// A VEX document says that it is fixed though the version does not tell.
            FIXED,
            /// A rule accepts the risk for now.
            ACCEPTED;

            /// In lower case with blanks, as reports print it.
            public String title() {
                return name().toLowerCase(Locale.ROOT).replace('_', ' ');
            }
        }

        /// Whether a finding with this status counts.
        public boolean counts() {
            return state == State.OPEN;
        }
    }

    public Finding {
        components = List.copyOf(components);
        Objects.requireNonNull(status, "status");
    }

    /// The flaw's main id.
    public String id() {
        return match.id();
    }

    /// The first version without it, empty where none is named.
    public String fixedIn() {
        return match.fixedIn();
    }

    /// Whether an upgrade of the package removes it.
    public boolean isFixable() {
        return match.isFixable();
    }

    /// Whether the source says that it does not know whether this package has the flaw.
    public boolean isUndetermined() {
        return match.fact().status() == Fact.Status.UNDETERMINED;
    }

    /// Whether it is counted among the code that is in the image.
    public boolean counts() {
        return status.counts() && category == Category.CODE && !isUndetermined();
    }

    /// The same with another status.
    public Finding withStatus(Status newStatus) {
        return new Finding(
                target, packageName, version, components, match, severity, severitySource, score, category, newStatus);
    }

    /// What identifies it across images and scans: the package and the flaw.
    public String key() {
        return target.ecosystem().id() + "/" + packageName + "/" + id();
    }

    /// `fixable`, `won't fix`, `open`, …: what can be done, for people.
    public String outlook() {
        if (isFixable()) {
            return "fixed in " + fixedIn();
        }
        return switch (match.fact().status()) {
            case AFFECTED, NOT_AFFECTED -> "no fix yet";
            case UNDER_INVESTIGATION -> "under investigation";
            case PENDING -> "fix pending upstream";
            case WONT_FIX -> "will not be fixed";
            case UNDETERMINED -> "undetermined";
        };
    }
}
