package dev.cairn.mapping;

import dev.cairn.mapping.UpstreamImage.Known;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Chooses among the tags that an image has.
///
/// A version is never left for another one: `3.10.4` may become `3.10` or `3.10.14`, which are in its line, but not
/// `3.11`; `3` may become the newest `3.x`, which is what it means. Java's version and the variant must be equal.
final class TagChoice {
    private static final int NEAREST = 3;

    private final Known wanted;
    private final List<Candidate> candidates = new ArrayList<>();

    /// @param text the tag itself
    private record Candidate(String text, Version version, boolean channel) {}

    /// @param tags the tags that exist, `-dev` ones left out
    TagChoice(Known wanted, List<String> tags) {
        this.wanted = wanted;
        for (String text : tags) {
            ImageTag tag = ImageTag.parse(text.equals("latest") ? "" : text);
            boolean isJava = wanted.name().equals("jdk") || wanted.name().equals("jre");
            String version = isJava && tag.java().isPresent() ? tag.java().get() : tag.version();
            boolean alike = tag.variant().equals(wanted.variant())
                    && (isJava || tag.java().equals(wanted.java()))
                    && !tag.windows();
            if (alike) {
                candidates.add(new Candidate(text, Version.parse(version), version.isEmpty()));
            }
        }
    }

    Choice choose() {
        Version version = Version.parse(wanted.version());
        Candidate found = wanted.version().isEmpty() ? newest() : inLine(version);
        if (found == null) {
            return new Choice.NoVersion(wanted.name(), described(), nearest(version));
        }
        return new Choice.Found(wanted.name(), found.text(), found.version().equals(version));
    }

    /// What `latest` is: the tag without a version, else the newest.
    private @Nullable Candidate newest() {
        Candidate best = null;
        for (Candidate each : candidates) {
            if (each.channel()) {
                return each;
            }
            best = best == null || each.version().compareTo(best.version()) > 0 ? each : best;
        }
        return best;
    }

    /// The same version; else the longest prefix of it that is still in the line; else the
    /// newest that the wanted version is a prefix of; else the newest of the line.
    private @Nullable Candidate inLine(Version version) {
        int line = ImageTable.line(wanted.name());
        Candidate prefix = null;
        Candidate extension = null;
        Candidate sibling = null;
        for (Candidate each : candidates) {
            Version has = each.version();
            if (has.equals(version)) {
                return each;
            }
            if (version.startsWith(has) && has.depth() >= line) {
                prefix = prefix == null || has.depth() > prefix.version().depth() ? each : prefix;
            } else if (has.startsWith(version)) {
                extension = newer(extension, each);
            } else if (version.depth() >= line && has.depth() >= line && has.sharesLine(version, line)) {
                sibling = newer(sibling, each);
            }
        }
        return prefix != null ? prefix : extension != null ? extension : sibling;
    }

    private static Candidate newer(@Nullable Candidate best, Candidate each) {
        return best == null || each.version().compareTo(best.version()) > 0 ? each : best;
    }

    private List<String> nearest(Version version) {
        return candidates.stream()
                .filter(each -> !each.channel() && !version.startsWith(each.version()))
                .sorted(Comparator.comparingLong(
                                (Candidate each) -> each.version().distance(version))
                        .thenComparing(Candidate::version, Comparator.reverseOrder())
                        .thenComparing(Candidate::text))
                .map(Candidate::text)
                .limit(NEAREST)
                .toList();
    }

    private String described() {
        List<String> parts = new ArrayList<>();
        parts.add(wanted.version().isEmpty() ? "latest" : wanted.version());
        if (!wanted.variant().isEmpty()) {
            parts.add(wanted.variant());
        }
        wanted.java().ifPresent(java -> parts.add("openjdk-" + java));
        return String.join("-", parts);
    }
}
