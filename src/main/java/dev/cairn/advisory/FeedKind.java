package dev.cairn.advisory;

import java.util.Locale;

/// The kinds of feed that are read.
public enum FeedKind {
    /// Alpine's, Wolfi's and Chainguard's `security.json`: fixed flaws by origin package.
    SECDB("secdb", true, false, 1),
    /// Debian's security tracker, as one JSON document.
    DEBIAN_TRACKER("debian-tracker", true, true, 1),
    /// Records of the OSV schema: a zip, a folder, JSON or JSON lines.
    OSV("osv", true, true, 1),
    /// Fixes that Debian's changelogs name.
    DEBIAN_CHANGELOGS("debian-changelogs", true, false, 2),
    /// CISA's known exploited vulnerabilities.
    KEV("kev", false, false, 0),
    /// EPSS scores, as FIRST publishes them (csv).
    EPSS("epss", false, false, 0),
    /// NVD's API 2.0 documents: scores.
    NVD("nvd", false, false, 0),
    /// A JSON object from CVE to severity, score, vector, publication day.
    SCORES("scores", false, false, 0);

    private final String id;
    private final boolean facts;
    private final boolean listsOpen;
    private final int rank;

    FeedKind(String id, boolean facts, boolean listsOpen, int rank) {
        this.id = id;
        this.facts = facts;
        this.listsOpen = listsOpen;
        this.rank = rank;
    }

    /// The name in files and on the command line.
    public String id() {
        return id;
    }

    /// Whether it says which packages have which flaws; the others rate flaws.
    public boolean hasFacts() {
        return facts;
    }

    /// Whether it also lists flaws that no version fixes yet.
    public boolean listsOpen() {
        return listsOpen;
    }

    /// Where two kinds speak of one flaw in one package, the lower rank is believed.
    public int rank() {
        return rank;
    }

    /// The kind of this name.
    public static FeedKind parse(String name) {
        for (FeedKind kind : values()) {
            if (kind.id.equals(name.toLowerCase(Locale.ROOT))) {
                return kind;
            }
        }
        throw new AdvisoryException(
                AdvisoryException.Code.UNKNOWN_NAME,
                "no kind of feed '" + name + "'\ntry: secdb, debian-tracker, osv, debian-changelogs, kev, epss, nvd or"
                        + " scores");
    }
}
