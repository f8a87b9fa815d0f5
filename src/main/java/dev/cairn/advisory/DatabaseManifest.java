package dev.cairn.advisory;

import dev.cairn.digest.Digest;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the database is made of: its files by digest, and the feeds that they were built from.
///
/// @param built when the last update ended
/// @param parts the files of facts
/// @param scores the file of ratings, or null while there is none
/// @param sources the feeds
public record DatabaseManifest(
        Instant built, List<PartEntry> parts, @Nullable Digest scores, List<Source> sources) {
    private static final String HEADER = "cairn advisory database 1";

    /// One file of facts.
    ///
    /// @param facts how many it holds
    public record PartEntry(Target target, FeedKind kind, Digest digest, int facts) {}

    /// One feed as it was read.
    ///
    /// @param target what its facts are about, or `-`
    /// @param read when it was read
    /// @param digest of its bytes
    /// @param records how much it said
    /// @param location where it was
    public record Source(FeedKind kind, String target, Instant read, Digest digest, int records, String location) {}

    public DatabaseManifest {
        parts = parts.stream()
                .sorted(Comparator.comparing(PartEntry::target).thenComparing(PartEntry::kind))
                .toList();
        sources = List.copyOf(sources);
    }

    static final DatabaseManifest NONE = new DatabaseManifest(Instant.EPOCH, List.of(), null, List.of());

    /// The digest of the facts and ratings, whenever and from wherever they were read: the same facts have the same.
    public Digest digest() {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.target)
                .append(' ')
                .append(part.kind.id())
                .append(' ')
                .append(part.digest)
                .append('\n'));
        text.append("scores ").append(scores);
        return Digest.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    byte[] toBytes() {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        text.append("built\t").append(built).append('\n');
        for (PartEntry part : parts) {
            line(text, "part", part.target, part.kind.id(), part.digest, part.facts);
        }
        if (scores != null) {
            line(text, "scores", scores);
        }
        for (Source source : sources) {
            line(
                    text,
                    "source",
                    source.kind.id(),
                    source.target,
                    source.read,
                    source.digest,
                    source.records,
                    source.location.replace('\t', ' ').replace('\n', ' '));
        }
        return text.append("end\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void line(StringBuilder text, Object... words) {
        for (int i = 0; i < words.length; i++) {
            text.append(i == 0 ? "" : "\t").append(words[i]);
        }
        text.append('\n');
    }

    static DatabaseManifest parse(byte[] bytes, String what) {
        String[] lines = new String(bytes, StandardCharsets.UTF_8).lines().toArray(String[]::new);
        if (lines.length == 0 || !lines[0].startsWith("cairn advisory database ")) {
            throw Part.damaged(what, "is no list of the database's files");
        }
        if (!lines[0].equals(HEADER)) {
            throw Part.damaged(what, "has another format ('" + lines[0] + "')");
        }
        if (!lines[lines.length - 1].equals("end")) {
            throw Part.damaged(what, "is cut off");
        }
        Instant built = Instant.EPOCH;
        List<PartEntry> parts = new ArrayList<>();
        Digest scores = null;
        List<Source> sources = new ArrayList<>();
        try {
            for (String line : lines) {
                String[] w = line.split("\t", -1);
                switch (w[0]) {
                    case "built" -> built = Instant.parse(w[1]);
                    case "part" ->
                        parts.add(new PartEntry(
                                Target.parse(w[1]), FeedKind.parse(w[2]), Digest.parse(w[3]), Integer.parseInt(w[4])));
                    case "scores" -> scores = Digest.parse(w[1]);
                    case "source" ->
                        sources.add(new Source(
                                FeedKind.parse(w[1]),
                                w[2],
                                Instant.parse(w[3]),
                                Digest.parse(w[4]),
                                Integer.parseInt(w[5]),
                                w[6]));
                    default -> {}
                }
            }
        } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException | AdvisoryException e) {
            throw Part.damaged(what, "cannot be read: " + e.getMessage());
        }
        return new DatabaseManifest(built, parts, scores, sources);
    }
}
