package dev.cairn.packages.deb;

import java.util.Comparator;

/// Which of several packages that satisfy one alternative apt tries first, where nothing is installed yet: what the
/// user asked for, the package of that very name, essential ones, important ones, the better Priority, and at last
/// the one that apt came to know later.
final class ProviderOrder implements Comparator<VersionNode> {
    private final PackageNode target;

    ProviderOrder(PackageNode target) {
        this.target = target;
    }

    @Override
    public int compare(VersionNode a, VersionNode b) {
        PackageNode left = a.node();
        PackageNode right = b.node();
        if (left == right) {
            return 0;
        }
        if (left.isProtected != right.isProtected) {
            return left.isProtected ? -1 : 1;
        }
        if ((left == target) != (right == target)) {
            return left == target ? -1 : 1;
        }
        if (left.isEssential() != right.isEssential()) {
            return left.isEssential() ? -1 : 1;
        }
        if (left.isImportant() != right.isImportant()) {
            return left.isImportant() ? -1 : 1;
        }
        if (a.rank() != b.rank()) {
            return a.rank() < b.rank() ? -1 : 1;
        }
        return Long.compare(right.order(), left.order());
    }
}
