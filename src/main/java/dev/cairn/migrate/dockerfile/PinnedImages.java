package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.ByteRange;
import dev.cairn.migrate.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The images of the catalogue that a Dockerfile pins, in `FROM` and `COPY --from`: a full version as the tag, a
/// digest,
/// or both. Tags such as `3.12` move by themselves and are left alone, unless a digest holds them.
public final class PinnedImages {
    private PinnedImages() {}

    /// A reference that is written out.
    ///
    /// @param name the reference without tag and digest
    /// @param tag the tag; empty where there is none
    /// @param digest the digest; empty where there is none
    /// @param line the 1-based line
    /// @param range where the tag and the digest are, with the `:` or `@` before them
    public record Pin(String name, String tag, String digest, int line, ByteRange range) {
        /// Tag and digest as they are written.
        public String version() {
            return (tag.isEmpty() ? "" : ":" + tag) + (digest.isEmpty() ? "" : "@" + digest);
        }
    }

    /// The pins of a file, in its order; none where it cannot be read.
    ///
    /// @param registry what the catalogue's images start with
    public static List<Pin> of(byte[] bytes, String registry) {
        List<Pin> pins = new ArrayList<>();
        if (Dockerfile.read(bytes) instanceof Dockerfile.Reading.Read(Dockerfile file)) {
            for (Instruction instruction : file.instructions()) {
                if (instruction.is("from") && !instruction.arguments().isEmpty()) {
                    add(file, instruction, instruction.arguments().getFirst().range(), registry, pins);
                }
                for (Word flag : instruction.flags()) {
                    if (instruction.is("copy") && flag.value().startsWith("--from=")) {
                        ByteRange range = flag.range();
                        add(file, instruction, new ByteRange(range.start() + 7, range.end()), registry, pins);
                    }
                }
            }
        }
        return pins;
    }

    private static void add(
            Dockerfile file, Instruction instruction, ByteRange range, String registry, List<Pin> pins) {
        String text = file.source().slice(range);
        String prefix = registry + "/";
        if (!text.toLowerCase(Locale.ROOT).startsWith(prefix.toLowerCase(Locale.ROOT))
                || text.indexOf('$') >= 0
                || text.endsWith("@")) {
            return;
        }
        int at = text.indexOf('@');
        int end = at < 0 ? text.length() : at;
        int colon = text.lastIndexOf(':', end - 1);
        int nameEnd = colon > text.lastIndexOf('/', end - 1) ? colon : end;
        Pin pin = new Pin(
                text.substring(0, nameEnd),
                nameEnd < end ? text.substring(nameEnd + 1, end) : "",
                at < 0 ? "" : text.substring(at + 1),
                file.line(instruction),
                new ByteRange(range.start() + nameEnd, range.end()));
        if (!pin.digest().isEmpty() || line(pin.tag()) != null) {
            pins.add(pin);
        }
    }

    /// The newest of these tags in the line of `tag`, which may be itself. A line is the first two numbers of a version
    /// of three or more, with the same words before and behind: `3.12.4-dev` and `3.12.10-dev` are of one line.
    public static String newest(String tag, List<String> tags) {
        Line line = line(tag);
        String best = tag;
        if (line == null) {
            return best;
        }
        Line newest = line;
        for (String other : tags) {
            Line candidate = line(other);
            if (candidate != null && candidate.isOf(line) && candidate.compareTo(newest) > 0) {
                newest = candidate;
                best = other;
            }
        }
        return best;
    }

    /// A tag with a version of three or more numbers; null for any other.
    private static @Nullable Line line(String tag) {
        int start = 0;
        while (start < tag.length() && !isDigit(tag.charAt(start))) {
            start++;
        }
        int end = start;
        while (end < tag.length() && (isDigit(tag.charAt(end)) || tag.charAt(end) == '.')) {
            end++;
        }
        List<Integer> numbers = new ArrayList<>();
        for (String part : tag.substring(start, end).split("\\.", -1)) {
            if (part.isEmpty() || part.length() > 8) {
                return null;
            }
            numbers.add(Integer.valueOf(part));
        }
        return numbers.size() < 3 ? null : new Line(tag.substring(0, start), numbers, tag.substring(end));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private record Line(String before, List<Integer> numbers, String behind) implements Comparable<Line> {
        boolean isOf(Line other) {
            return before.equals(other.before)
                    && withoutRevision().equals(other.withoutRevision())
                    && numbers.subList(0, 2).equals(other.numbers.subList(0, 2));
        }

        /// The words behind the version, a package's revision (`-r3`) left out.
        private String withoutRevision() {
            int end = behind.startsWith("-r") ? 2 : 0;
            while (end >= 2 && end < behind.length() && isDigit(behind.charAt(end))) {
                end++;
            }
            return end > 2 ? behind.substring(end) : behind;
        }

        private int revision() {
            int end = 2;
            while (end < behind.length() && isDigit(behind.charAt(end))) {
                end++;
            }
            return behind.startsWith("-r") && end > 2 && end < 10 ? Integer.parseInt(behind.substring(2, end)) : -1;
        }

        @Override
        public int compareTo(Line other) {
            for (int i = 0; i < Math.min(numbers.size(), other.numbers.size()); i++) {
                int order = Integer.compare(numbers.get(i), other.numbers.get(i));
                if (order != 0) {
                    return order;
                }
            }
            int order = Integer.compare(numbers.size(), other.numbers.size());
            return order != 0 ? order : Integer.compare(revision(), other.revision());
        }
    }

    /// The file with other versions at its pins.
    ///
    /// @param versions for each pin of [#of], in that order, what is written there instead
    public static SourceText with(byte[] bytes, List<Pin> pins, List<String> versions) {
        List<dev.cairn.migrate.Edit> edits = new ArrayList<>();
        for (int i = 0; i < pins.size(); i++) {
            edits.add(new dev.cairn.migrate.Edit(pins.get(i).range(), versions.get(i)));
        }
        return dev.cairn.migrate.Edits.of(edits).apply(SourceText.of(bytes));
    }
}
