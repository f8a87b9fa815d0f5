package dev.cairn.packages.apk;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Collects index rows into a [PackageTable]. Rows come in the order of the repositories; a package that is in several
/// (by its checksum) is one package with several repository bits.
final class PackageTableBuilder {
    /// apk's table of names has this many buckets; its order of names decides ties.
    private static final int NAME_BUCKETS = 20_000;

    private final SliceTable names = new SliceTable(16_000);
    private final SliceTable atoms = new SliceTable(4_000);
    private final Map<String, Integer> known = new HashMap<>();
    private int[][] columns = new int[6][4096];
    private long[] sizes = new long[4096];
    private long[] installedSizes = new long[4096];
    private byte[] checksums = new byte[4096 * PackageTable.CHECKSUM_LENGTH];
    private int[] starts = new int[3 * 4096 + 1];
    private int packages;
    private int[][] dependencies = new int[3][1 << 15];
    private int dependencyCount;
    private final Links.Collector providers = new Links.Collector();

    int name(byte[] text, int from, int to) {
        return names.intern(text, from, to);
    }

    int atom(byte[] text, int from, int to) {
        return atoms.intern(text, from, to);
    }

    /// Adds a row; true if it is a package that was not there yet.
    void add(IndexRow row, int repository) {
        String key = new String(row.checksum, java.nio.charset.StandardCharsets.ISO_8859_1);
        Integer same = known.putIfAbsent(key, packages);
        if (same != null) {
            columns[4][same] |= 1 << repository;
            return;
        }
        grow();
        int pkg = packages++;
        columns[0][pkg] = row.name;
        columns[1][pkg] = row.version;
        columns[2][pkg] = row.architecture;
        columns[3][pkg] = row.origin;
        columns[4][pkg] = 1 << repository;
        columns[5][pkg] = row.priority;
        sizes[pkg] = row.size;
        installedSizes[pkg] = row.installedSize;
        System.arraycopy(row.checksum, 0, checksums, pkg * PackageTable.CHECKSUM_LENGTH, PackageTable.CHECKSUM_LENGTH);
        provide(row.name, pkg, row.version);
        for (int list = 0; list < 3; list++) {
            copy(row.lists[list], pkg, list);
        }
    }

    private void provide(int name, int pkg, int version) {
        providers.add(name, pkg);
        providers.add(name, version);
    }

    private void copy(IndexRow.Dependencies list, int pkg, int which) {
        for (int i = 0; i < list.count; i++) {
            if (dependencyCount == dependencies[0].length) {
                for (int c = 0; c < 3; c++) {
                    dependencies[c] = Arrays.copyOf(dependencies[c], dependencyCount * 2);
                }
            }
            dependencies[0][dependencyCount] = list.names[i];
            dependencies[1][dependencyCount] = list.kinds[i];
            dependencies[2][dependencyCount++] = list.versions[i];
            if (which == PackageTable.PROVIDES) {
                provide(list.names[i], pkg, list.versions[i]);
            }
        }
        starts[3 * pkg + which + 1] = dependencyCount;
    }

    private void grow() {
        if (packages < sizes.length) {
            return;
        }
        int capacity = packages * 2;
        for (int c = 0; c < columns.length; c++) {
            columns[c] = Arrays.copyOf(columns[c], capacity);
        }
        sizes = Arrays.copyOf(sizes, capacity);
        installedSizes = Arrays.copyOf(installedSizes, capacity);
        checksums = Arrays.copyOf(checksums, capacity * PackageTable.CHECKSUM_LENGTH);
        starts = Arrays.copyOf(starts, 3 * capacity + 1);
    }

    PackageTable build() {
        Links providerLinks = providers.build(names.count());
        int[] order = namesInApkOrder();
        return new PackageTable(
                names,
                atoms,
                column(0),
                column(1),
                column(2),
                column(3),
                column(4),
                column(5),
                Arrays.copyOf(sizes, packages),
                Arrays.copyOf(installedSizes, packages),
                Arrays.copyOf(checksums, packages * PackageTable.CHECKSUM_LENGTH),
                Arrays.copyOf(starts, 3 * packages + 1),
                Arrays.copyOf(dependencies[0], dependencyCount),
                Arrays.copyOf(dependencies[1], dependencyCount),
                Arrays.copyOf(dependencies[2], dependencyCount),
                providerLinks,
                reverse(providerLinks, order, PackageTable.DEPENDS),
                reverse(providerLinks, order, PackageTable.INSTALL_IF));
    }

    private int[] column(int c) {
        return Arrays.copyOf(columns[c], packages);
    }

    /// All names by the bucket of their hash, the youngest of a bucket first.
    private int[] namesInApkOrder() {
        Links.Collector buckets = new Links.Collector();
        for (int name = names.count() - 1; name >= 0; name--) {
            buckets.add(Integer.remainderUnsigned(names.hash(name), NAME_BUCKETS), name);
        }
        return buckets.build(NAME_BUCKETS).values;
    }

    /// Per name, the names among whose providers' lists it is: each once, in the order given.
    private Links reverse(Links providerLinks, int[] order, int list) {
        Links.Collector result = new Links.Collector();
        int[] lastSeen = new int[names.count()];
        Arrays.fill(lastSeen, -1);
        for (int name : order) {
            for (int p = providerLinks.from(name); p < providerLinks.to(name); p += 2) {
                int at = 3 * providerLinks.values[p] + list;
                for (int d = starts[at]; d < starts[at + 1]; d++) {
                    int wanted = dependencies[0][d];
                    if (lastSeen[wanted] != name) {
                        lastSeen[wanted] = name;
                        result.add(wanted, name);
                    }
                }
            }
        }
        return result.build(names.count());
    }
}
