package dev.cairn.advisory;

import dev.cairn.advisory.version.VersionOrder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One file of the database, mapped and decoded where it is asked: opening costs no more than reading its header.
///
/// A file that does not keep to its format is an [AdvisoryException] with `DAMAGED`.
public final class Part {
    private static final int MOST = 1 << 26;

    /// A day, a severity, a vector, a note.
    private static final int AFTER_RANGES = 4;

    private final String what;
    private final Target target;
    private final FeedKind kind;
    private final ByteBuffer bytes;
    private final int stringCount;
    private final int stringBytes;
    private final int packageCount;
    private final int packages;
    private final int facts;
    private final @Nullable String[] strings;

    private Part(String what, Target target, FeedKind kind, ByteBuffer bytes) {
        this.what = what;
        this.target = target;
        this.kind = kind;
        this.bytes = bytes;
        if (bytes.remaining() < 16 || bytes.getLong(0) != PartFile.MAGIC) {
            throw damaged(what, "is no file of the database");
        }
        if (bytes.getInt(8) != PartFile.VERSION) {
            throw damaged(what, "has format " + bytes.getInt(8) + ", this Cairn reads " + PartFile.VERSION);
        }
        this.stringCount = count(bytes.getInt(12));
        this.stringBytes = 16 + 4 * (stringCount + 1);
        int afterStrings = stringBytes + count(intAt(16 + 4 * stringCount));
        this.packageCount = count(intAt(afterStrings));
        this.packages = afterStrings + 8;
        this.facts = packages + 8 * packageCount;
        if (facts + (long) count(intAt(afterStrings + 4)) != bytes.limit()) {
            throw damaged(what, "has " + bytes.limit() + " bytes, not what its tables say");
        }
        this.strings = new @Nullable String[stringCount];
    }

    static Part open(Path file, Target target, FeedKind kind) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return new Part(target + " (" + kind.id() + ")", target, kind, bytes);
        }
    }

    static Part of(byte[] bytes, Target target, FeedKind kind) {
        return new Part(target + " (" + kind.id() + ")", target, kind, ByteBuffer.wrap(bytes));
    }

    /// What the facts are about.
    public Target target() {
        return target;
    }

    /// The kind of feed that they are from.
    public FeedKind kind() {
        return kind;
    }

    /// How many packages have facts.
    public int packageCount() {
        return packageCount;
    }

    /// The facts about a package; none when it is not known.
    public List<Fact> find(String packageName) {
        int place = place(packageName);
        return place < 0 ? List.of() : read(packageName, place);
    }

    /// Whether any fact may say that this version of a package has a flaw; without decoding the facts. Most packages of
    /// an image have none that does.
    public boolean mayAffect(String packageName, String version) {
        int place = place(packageName);
        if (place < 0) {
            return false;
        }
        VersionOrder order = target.ecosystem().order();
        try {
            Cursor cursor = new Cursor(facts + place);
            for (int left = cursor.number(); left > 0; left--) {
                if (cursor.mayAffect(order, version)) {
                    return true;
                }
            }
            return false;
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw unreadable(packageName);
        }
    }

    /// Where the facts about a package begin, or -1.
    private int place(String packageName) {
        byte[] name = packageName.getBytes(StandardCharsets.UTF_8);
        int low = 0;
        int high = packageCount - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compareName(middle, name);
            if (order == 0) {
                return count(intAt(packages + 8 * middle + 4));
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /// The names of all packages that have facts, in order.
    public List<String> packageNames() {
        List<String> names = new ArrayList<>(packageCount);
        for (int i = 0; i < packageCount; i++) {
            names.add(string(intAt(packages + 8 * i)));
        }
        return names;
    }

    private int compareName(int i, byte[] name) {
        int string = intAt(packages + 8 * i);
        int start = stringStart(string);
        int end = stringStart(string + 1);
        for (int k = 0; k < Math.min(end - start, name.length); k++) {
            int order = (bytes.get(stringBytes + start + k) & 0xff) - (name[k] & 0xff);
            if (order != 0) {
                return order;
            }
        }
        return (end - start) - name.length;
    }

    private List<Fact> read(String packageName, int place) {
        try {
            Cursor cursor = new Cursor(facts + place);
            int count = cursor.number();
            List<Fact> list = new ArrayList<>(Math.min(count, 4096));
            for (int i = 0; i < count; i++) {
                list.add(cursor.fact(packageName));
            }
            return list;
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw unreadable(packageName);
        }
    }

    private AdvisoryException unreadable(String packageName) {
        return damaged(what, "the facts about " + packageName + " cannot be read");
    }

    private final class Cursor {
        private int at;

        Cursor(int at) {
            this.at = at;
        }

        Fact fact(String packageName) {
            String id = string(number());
            List<String> aliases = strings(number());
            int state = number();
            List<Range> ranges = ranges(number());
            int day = number();
            return new Fact(
                    packageName,
                    id,
                    aliases,
                    PartFile.STATUSES.get(state >> 1),
                    ranges,
                    (state & 1) != 0,
                    day == 0 ? Fact.NO_DAY : day - 1,
                    PartFile.SEVERITIES.get(number()),
                    string(number()),
                    string(number()));
        }

        private List<String> strings(int count) {
            if (count <= 1) {
                return count == 1 ? List.of(string(number())) : List.of();
            }
            List<String> list = new ArrayList<>(Math.min(count, 64));
            for (int left = count; left > 0; left--) {
                list.add(string(number()));
            }
            return list;
        }

        private List<Range> ranges(int count) {
            if (count <= 1) {
                return count == 1 ? List.of(range()) : List.of();
            }
            List<Range> list = new ArrayList<>(Math.min(count, 64));
            for (int left = count; left > 0; left--) {
                list.add(range());
            }
            return list;
        }

        private Range range() {
            String from = string(number());
            String to = string(number());
            int flags = number();
            return new Range(from, (flags & 1) != 0, to, (flags & 2) != 0);
        }

        /// Reads over a fact; as [Fact#judge] decides, but for what only that can: safe versions and rebuilds.
        boolean mayAffect(VersionOrder order, String version) {
            number();
            for (int left = number(); left > 0; left--) {
                number();
            }
            int state = number();
            boolean never = PartFile.STATUSES.get(state >> 1) == Fact.Status.NOT_AFFECTED;
            boolean may = (state & 1) != 0;
            for (int left = number(); left > 0; left--) {
                if (may || never) {
                    number();
                    number();
                    number();
                } else {
                    may = range().contains(order, version);
                }
            }
            for (int left = AFTER_RANGES; left > 0; left--) {
                number();
            }
            return may && !never;
        }

        int number() {
            int value = 0;
            for (int shift = 0; shift < 35; shift += 7) {
                byte b = bytes.get(at++);
                value |= (b & 0x7f) << shift;
                if (b >= 0) {
                    return value;
                }
            }
            throw new IllegalArgumentException("a number is too long");
        }
    }

    /// Ids and versions come again and again: each is decoded once. Two threads may both do so, to the same effect.
    private String string(int i) {
        if (i < 0 || i >= stringCount) {
            throw damaged(what, "there is no string " + i);
        }
        String known = strings[i];
        if (known == null) {
            known = decode(i);
            strings[i] = known;
        }
        return known;
    }

    private String decode(int i) {
        int start = stringStart(i);
        int length = stringStart(i + 1) - start;
        if (length < 0 || start < 0 || start > bytes.limit() - stringBytes - length) {
            throw damaged(what, "string " + i + " has no place");
        }
        byte[] text = new byte[length];
        bytes.get(stringBytes + start, text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private int stringStart(int i) {
        if (i < 0 || i > stringCount) {
            throw damaged(what, "there is no string " + i);
        }
        return intAt(16 + 4 * i);
    }

    private int count(int value) {
        if (value < 0 || value > MOST * 8) {
            throw damaged(what, "a table has " + value + " entries");
        }
        return value;
    }

    private int intAt(int at) {
        if (at < 0 || at > bytes.limit() - 4) {
            throw damaged(what, "ends too early");
        }
        return bytes.getInt(at);
    }

    static AdvisoryException damaged(String what, String problem) {
        return new AdvisoryException(
                AdvisoryException.Code.DAMAGED,
                "the advisory database is damaged: " + what + " " + problem + "\ntry: cairn advisory update");
    }

    static int compareUtf8(String a, String b) {
        return Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
