package dev.cairn.packages.apk;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Reads the text of an APKINDEX: rows of `letter:value` lines, an empty line after each. What the solver needs goes to
/// a [PackageTableBuilder]; other small letters are for people and are passed over; a row with an unknown capital
/// letter needs a newer apk and is left out.
final class IndexReader {
    private static final byte[] NO_ARCHITECTURE = new byte[0];

    private final byte[] text;
    private final String source;
    private final PackageTableBuilder builder;
    private final int repository;
    private final IndexRow row = new IndexRow();
    private int line;

    private IndexReader(byte[] text, String source, PackageTableBuilder builder, int repository) {
        this.text = text;
        this.source = source;
        this.builder = builder;
        this.repository = repository;
    }

    /// Adds the rows of `text` as those of the repository with this number.
    ///
    /// @param source how an error names the index
    /// @throws ApkException ([ApkException.Code#INDEX_FORMAT]) with the line where the text is no index
    static void read(byte[] text, String source, PackageTableBuilder builder, int repository) {
        new IndexReader(text, source, builder, repository).read();
    }

    private void read() {
        int at = 0;
        while (at < text.length) {
            int end = at;
            while (end < text.length && text[end] != '\n') {
                end++;
            }
            line++;
            if (end == at) {
                finishRow();
            } else {
                field(at, end);
            }
            at = end + 1;
        }
        finishRow();
    }

    private void finishRow() {
        if (row.empty) {
            return;
        }
        if (row.name < 0 || row.version < 0 || !row.hasChecksum) {
            throw broken("the package above it lacks its name, its version or its checksum (P:, V:, C:Q1…)");
        }
        if (row.installable) {
            if (row.architecture < 0) {
                row.architecture = builder.atom(NO_ARCHITECTURE, 0, 0);
            }
            builder.add(row, repository);
        }
        row.clear();
    }

    private void field(int at, int end) {
        if (end - at < 2 || text[at + 1] != ':') {
            throw broken("found '" + excerpt(at, end) + "', expected a letter and a colon");
        }
        row.empty = false;
        int from = at + 2;
        switch (text[at]) {
            case 'P' -> row.name = builder.name(text, from, end);
            case 'V' -> row.version = builder.atom(text, from, end);
            case 'A' -> row.architecture = builder.atom(text, from, end);
            case 'o' -> row.origin = builder.atom(text, from, end);
            case 'C' -> checksum(from, end);
            case 'S' -> row.size = number(from, end);
            case 'I' -> row.installedSize = number(from, end);
            case 'k' -> row.priority = (int) Math.min(number(from, end), Integer.MAX_VALUE);
            case 'D' -> dependencies(row.lists[PackageTable.DEPENDS], from, end);
            case 'p' -> dependencies(row.lists[PackageTable.PROVIDES], from, end);
            case 'i' -> dependencies(row.lists[PackageTable.INSTALL_IF], from, end);
            case 'T', 'U', 'L', 'F', 'M', 'R', 'Z' -> {}
            default -> row.installable &= text[at] < 'A' || text[at] > 'Z';
        }
    }

    private void checksum(int from, int end) {
        byte[] decoded;
        try {
            boolean sha1 = end - from > 2 && text[from] == 'Q' && text[from + 1] == '1';
            decoded = sha1
                    ? Base64.getDecoder().decode(java.util.Arrays.copyOfRange(text, from + 2, end))
                    : NO_ARCHITECTURE;
        } catch (IllegalArgumentException e) {
            decoded = NO_ARCHITECTURE;
        }
        if (decoded.length != PackageTable.CHECKSUM_LENGTH) {
            throw broken("found checksum '" + excerpt(from, end) + "', expected Q1 and 28 letters of base64");
        }
        System.arraycopy(decoded, 0, row.checksum, 0, decoded.length);
        row.hasChecksum = true;
    }

    private long number(int from, int end) {
        long value = 0;
        for (int i = from; i < end; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9 || i - from > 17) {
                throw broken("found '" + excerpt(from, end) + "', expected a number");
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private void dependencies(IndexRow.Dependencies list, int from, int end) {
        int at = from;
        while (at < end) {
            int to = at;
            while (to < end && text[to] != ' ') {
                to++;
            }
            if (to > at) {
                dependency(list, at, to);
            }
            at = to + 1;
        }
    }

    private void dependency(IndexRow.Dependencies list, int from, int to) {
        boolean conflict = text[from] == '!';
        int start = conflict ? from + 1 : from;
        int sign = start;
        int nameEnd = -1;
        while (sign < to && !isSign(text[sign])) {
            if (text[sign] == '@' && nameEnd < 0) {
                nameEnd = sign;
            }
            sign++;
        }
        int version = sign;
        while (version < to && isSign(text[version])) {
            version++;
        }
        nameEnd = nameEnd < 0 ? sign : nameEnd;
        if (nameEnd == start || (sign < to && version == to)) {
            throw broken("found dependency '" + excerpt(from, to) + "', expected [!]name[operator version]");
        }
        ApkDependency.Operator operator = ApkDependency.operator(text, sign, version);
        int kind = operator.code() | (conflict ? PackageTable.CONFLICT : 0);
        list.add(builder.name(text, start, nameEnd), kind, version < to ? builder.atom(text, version, to) : -1);
    }

    private static boolean isSign(byte c) {
        return c == '<' || c == '>' || c == '=' || c == '~';
    }

    private ApkException broken(String what) {
        return new ApkException(ApkException.Code.INDEX_FORMAT, source + ", line " + line + ": " + what);
    }

    private String excerpt(int from, int to) {
        return new String(text, from, Math.min(to - from, 60), StandardCharsets.UTF_8);
    }
}
