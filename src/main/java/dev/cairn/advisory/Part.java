package dev.cairn.advisory;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One file of the database, mapped and decoded where it is asked: opening costs no more than reading its header.
///
/// A file that does not keep to its format is an [AdvisoryException] with `DAMAGED`.
public final class Part {
    private static final int MOST = 1 << 26;

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
            ByteBuffer bytes = map(channel);
            return new Part(target + " (" + kind.id() + ")", target, kind, bytes);
        }
    }

    /// The whole file. By way of a segment: the older call constructs its buffer by reflection, which takes longer than
    /// a scan may.
    static ByteBuffer map(FileChannel channel) throws IOException {
        return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto())
                .asByteBuffer();
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
        FactCursor cursor = cursor(packageName);
        return cursor == null ? List.of() : read(packageName, cursor);
    }

    /// Adds to `ids` those of all flaws that this version of a package may have by a fact of this part. Facts are read
    /// over and not decoded: most packages of an image have no flaw.
    public void flaws(String packageName, String version, Set<String> ids) {
        FactCursor cursor = cursor(packageName);
        if (cursor == null) {
            return;
        }
        try {
            RangeCheck check = new RangeCheck(this, target.ecosystem().order(), version);
            for (int left = cursor.number(); left > 0; left--) {
                int start = cursor.place();
                if (cursor.mayAffect(check)) {
                    int end = cursor.place();
                    cursor.to(start);
                    cursor.addIds(ids);
                    cursor.to(end);
                }
            }
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw unreadable(packageName);
        }
    }

    /// The facts about a package that name one of these flaws.
    public List<Fact> find(String packageName, Set<String> ids) {
        FactCursor cursor = cursor(packageName);
        if (cursor == null) {
            return List.of();
        }
        try {
            List<Fact> list = new ArrayList<>();
            for (int left = cursor.number(); left > 0; left--) {
                int start = cursor.place();
                if (cursor.names(ids)) {
                    cursor.to(start);
                    list.add(cursor.fact(packageName));
                } else {
                    cursor.skipToNext();
                }
            }
            return list;
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw unreadable(packageName);
        }
    }

    /// The facts about a package as they were written, or null.
    private @Nullable FactCursor cursor(String packageName) {
        byte[] name = packageName.getBytes(StandardCharsets.UTF_8);
        int low = 0;
        int high = packageCount - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            byte[] known = string(intAt(packages + 8 * middle)).getBytes(StandardCharsets.UTF_8);
            int order = Arrays.compareUnsigned(known, name);
            if (order == 0) {
                return new FactCursor(this, encoded(middle, packageName));
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }

    private byte[] encoded(int i, String packageName) {
        int start = intAt(packages + 8 * i + 4);
        int end = i + 1 < packageCount ? intAt(packages + 8 * (i + 1) + 4) : bytes.limit() - facts;
        if (start < 0 || end < start || end > bytes.limit() - facts) {
            throw unreadable(packageName);
        }
        byte[] encoded = new byte[end - start];
        bytes.get(facts + start, encoded);
        return encoded;
    }

    /// The names of all packages that have facts, in order.
    public List<String> packageNames() {
        List<String> names = new ArrayList<>(packageCount);
        for (int i = 0; i < packageCount; i++) {
            names.add(string(intAt(packages + 8 * i)));
        }
        return names;
    }

    private List<Fact> read(String packageName, FactCursor cursor) {
        try {
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

    /// Ids and versions come again and again: each is decoded once. Two threads may both do so, to the same effect.
    String string(int i) {
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
