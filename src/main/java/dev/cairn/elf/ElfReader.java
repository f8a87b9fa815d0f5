package dev.cairn.elf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One pass over one file. Limits: see the constants; real files stay far below them.
final class ElfReader {
    private static final int MAX_PROGRAM_HEADERS = 1024;
    private static final int MAX_DYNAMIC_BYTES = 1 << 18;
    private static final int MAX_NEEDED = 4096;
    private static final int MAX_STRING = 4096;

    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final int PT_INTERP = 3;
    private static final int DT_NULL = 0;
    private static final int DT_NEEDED = 1;
    private static final int DT_STRTAB = 5;
    private static final int DT_STRSZ = 10;
    private static final int DT_SONAME = 14;
    private static final int DT_RPATH = 15;
    private static final int DT_RUNPATH = 29;

    private record Segment(int type, long offset, long address, long fileSize) {}

    private record Header(
            boolean wide, ByteOrder order, int type, int machine, long headersAt, int headerSize, int headers) {}

    private final ElfSource source;

    ElfReader(ElfSource source) {
        this.source = source;
    }

    long extent() {
        try {
            Header header = header();
            long end = header.headersAt + (long) header.headers * header.headerSize;
            if (header.headers == 0 || end > source.size()) {
                return header.headers == 0 ? source.size() : end;
            }
            for (Segment segment : segments(header)) {
                end = Math.max(end, Math.addExact(segment.offset, segment.fileSize));
            }
            return end;
        } catch (ArithmeticException e) {
            throw malformed("a segment ends past every file");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ElfFacts facts() throws IOException {
        Header header = header();
        List<Segment> segments = segments(header);
        String interpreter = null;
        Segment dynamic = null;
        for (Segment segment : segments) {
            if (segment.type == PT_INTERP && interpreter == null) {
                interpreter = string(segment.offset, segment.fileSize, "the interpreter");
            } else if (segment.type == PT_DYNAMIC && segment.fileSize > 0 && dynamic == null) {
                dynamic = segment;
            }
        }
        Names names = new Names();
        if (dynamic != null) {
            names.read(header, dynamic, segments);
        }
        return new ElfFacts(
                header.machine,
                header.wide ? 64 : 32,
                header.order,
                type(header.type),
                dynamic != null,
                interpreter,
                names.soname,
                names.needed,
                names.runpath,
                names.rpath);
    }

    private static ElfFacts.Type type(int type) {
        return switch (type) {
            case 1 -> ElfFacts.Type.RELOCATABLE;
            case 2 -> ElfFacts.Type.EXECUTABLE;
            case 3 -> ElfFacts.Type.SHARED;
            case 4 -> ElfFacts.Type.CORE;
            default -> ElfFacts.Type.OTHER;
        };
    }

    /// gABI, "ELF Header".
    private Header header() throws IOException {
        ByteBuffer ident = source.bytes(0, 16, "the file header");
        int elfClass = ident.get(4);
        int data = ident.get(5);
        if (elfClass != 1 && elfClass != 2) {
            throw malformed("the class is " + elfClass + ", neither 32 bit (1) nor 64 bit (2)");
        }
        if (data != 1 && data != 2) {
            throw malformed("the data encoding is " + data + ", neither little (1) nor big endian (2)");
        }
        boolean wide = elfClass == 2;
        ByteOrder order = data == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        ByteBuffer bytes = source.bytes(0, wide ? 64 : 52, "the file header").order(order);
        int headers = Short.toUnsignedInt(bytes.getShort(wide ? 56 : 44));
        int headerSize = Short.toUnsignedInt(bytes.getShort(wide ? 54 : 42));
        long headersAt = wide ? bytes.getLong(32) : Integer.toUnsignedLong(bytes.getInt(28));
        if (headers > MAX_PROGRAM_HEADERS) {
            throw new ElfException(
                    ElfException.Code.LIMIT,
                    headers + " program headers; at most " + MAX_PROGRAM_HEADERS + " are read");
        }
        if (headers > 0 && (headerSize < (wide ? 56 : 32) || headerSize > 256)) {
            throw malformed("a program header has " + headerSize + " bytes");
        }
        if (headersAt < 0 || headersAt > Long.MAX_VALUE / 2) {
            throw malformed("the program headers lie past every file");
        }
        return new Header(
                wide,
                order,
                Short.toUnsignedInt(bytes.getShort(16)),
                Short.toUnsignedInt(bytes.getShort(18)),
                headersAt,
                headerSize,
                headers);
    }

    /// gABI, "Program Header".
    private List<Segment> segments(Header header) throws IOException {
        List<Segment> segments = new ArrayList<>();
        ByteBuffer table = source.bytes(header.headersAt, header.headers * header.headerSize, "the program headers")
                .order(header.order);
        for (int i = 0; i < header.headers; i++) {
            int at = i * header.headerSize;
            segments.add(
                    header.wide
                            ? new Segment(
                                    table.getInt(at),
                                    table.getLong(at + 8),
                                    table.getLong(at + 16),
                                    table.getLong(at + 32))
                            : new Segment(
                                    table.getInt(at),
                                    Integer.toUnsignedLong(table.getInt(at + 4)),
                                    Integer.toUnsignedLong(table.getInt(at + 8)),
                                    Integer.toUnsignedLong(table.getInt(at + 16))));
        }
        return segments;
    }

    /// The string at the offset, which ends at a zero byte; `room` is how many bytes it may look at.
    private String string(long offset, long room, String what) throws IOException {
        source.check(offset, Math.min(room, 1), what);
        int length = (int) Math.min(Math.min(room, MAX_STRING + 1L), source.size() - offset);
        if (length <= 0) {
            throw malformed(what + " is empty");
        }
        byte[] bytes = source.bytes(offset, length, what).array();
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return new String(bytes, 0, i, StandardCharsets.UTF_8);
            }
        }
        throw length > MAX_STRING
                ? new ElfException(ElfException.Code.LIMIT, what + " is longer than " + MAX_STRING + " bytes")
                : malformed(what + " does not end");
    }

    private static ElfException malformed(String message) {
        return new ElfException(ElfException.Code.MALFORMED, message);
    }

    /// gABI, "Dynamic Section".
    private final class Names {
        private @Nullable String soname;
        private final List<String> needed = new ArrayList<>();
        private final List<String> runpath = new ArrayList<>();
        private final List<String> rpath = new ArrayList<>();

        private record Entry(long tag, long value) {}

        void read(Header header, Segment dynamic, List<Segment> segments) throws IOException {
            List<Entry> entries = entries(header, dynamic);
            long address = -1;
            long size = -1;
            for (Entry entry : entries) {
                address = entry.tag == DT_STRTAB ? entry.value : address;
                size = entry.tag == DT_STRSZ ? entry.value : size;
            }
            for (Entry entry : entries) {
                if (entry.tag == DT_NEEDED
                        || entry.tag == DT_SONAME
                        || entry.tag == DT_RPATH
                        || entry.tag == DT_RUNPATH) {
                    add((int) entry.tag, name(entry.value, address, size, segments));
                }
            }
        }

        private void add(int tag, String name) {
            switch (tag) {
                case DT_SONAME -> soname = name;
                case DT_RPATH -> rpath.addAll(List.of(name.split(":", -1)));
                case DT_RUNPATH -> runpath.addAll(List.of(name.split(":", -1)));
                default -> needed.add(name);
            }
        }

        private List<Entry> entries(Header header, Segment dynamic) throws IOException {
            if (dynamic.fileSize < 0 || dynamic.fileSize > MAX_DYNAMIC_BYTES) {
                throw new ElfException(
                        ElfException.Code.LIMIT,
                        "the dynamic section has " + Long.toUnsignedString(dynamic.fileSize) + " bytes; at most "
                                + MAX_DYNAMIC_BYTES + " are read");
            }
            ByteBuffer table = source.bytes(dynamic.offset, (int) dynamic.fileSize, "the dynamic section")
                    .order(header.order);
            List<Entry> entries = new ArrayList<>();
            int names = 0;
            while (table.remaining() >= (header.wide ? 16 : 8)) {
                long tag = header.wide ? table.getLong() : table.getInt();
                long value = header.wide ? table.getLong() : Integer.toUnsignedLong(table.getInt());
                if (tag == DT_NULL) {
                    break;
                }
                names += tag == DT_NEEDED || tag == DT_RPATH || tag == DT_RUNPATH ? 1 : 0;
                if (names > MAX_NEEDED) {
                    throw new ElfException(
                            ElfException.Code.LIMIT, "more than " + MAX_NEEDED + " names in the dynamic section");
                }
                entries.add(new Entry(tag, value));
            }
            return entries;
        }

        private String name(long at, long table, long size, List<Segment> segments) throws IOException {
            String what = "a name of the dynamic section";
            if (table < 0 || size < 0 || at < 0 || at >= size) {
                throw malformed(what + " lies outside its string table");
            }
            for (Segment segment : segments) {
                long into = table - segment.address;
                if (segment.type == PT_LOAD && segment.address >= 0 && into >= 0 && into < segment.fileSize) {
                    long room = Math.min(size, segment.fileSize - into) - at;
                    if (segment.offset < 0 || segment.offset > Long.MAX_VALUE / 4 || into > Long.MAX_VALUE / 4) {
                        throw malformed("the string table lies past every file");
                    }
                    return string(segment.offset + into + at, room, what);
                }
            }
            throw malformed("no segment holds the string table");
        }
    }
}
