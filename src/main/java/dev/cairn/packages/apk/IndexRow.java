package dev.cairn.packages.apk;

import java.util.Arrays;

/// The row of an index that is being read; one instance serves all rows.
final class IndexRow {
    /// A list of dependencies, in columns.
    static final class Dependencies {
        int count;
        int[] names = new int[64];
        int[] kinds = new int[64];
        int[] versions = new int[64];

        void add(int name, int kind, int version) {
            if (count == names.length) {
                names = Arrays.copyOf(names, count * 2);
                kinds = Arrays.copyOf(kinds, count * 2);
                versions = Arrays.copyOf(versions, count * 2);
            }
            names[count] = name;
            kinds[count] = kind;
            versions[count++] = version;
        }
    }

    final Dependencies[] lists = {new Dependencies(), new Dependencies(), new Dependencies()};
    final byte[] checksum = new byte[PackageTable.CHECKSUM_LENGTH];
    boolean hasChecksum;
    boolean installable;
    boolean empty;
    int name;
    int version;
    int architecture;
    int origin;
    int priority;
    long size;
    long installedSize;

    IndexRow() {
        clear();
    }

    void clear() {
        for (Dependencies list : lists) {
            list.count = 0;
        }
        hasChecksum = false;
        installable = true;
        empty = true;
        name = -1;
        version = -1;
        architecture = -1;
        origin = -1;
        priority = 0;
        size = 0;
        installedSize = 0;
    }
}
