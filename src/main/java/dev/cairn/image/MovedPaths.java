package dev.cairn.image;

import dev.cairn.image.layer.FileFact;
import dev.cairn.image.layer.PathHashes;
import dev.cairn.image.layer.PathRewrite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Finds packages whose top-level directory another package has made a link (`lib` → `usr/lib`): laid over the link,
/// the directory would hide it and all that it leads to. Their layers are rewritten to where the link leads.
final class MovedPaths {
    private static final List<String> ALIASES = List.of("bin", "lib", "lib32", "lib64", "libx32", "sbin");

    private MovedPaths() {}

    static List<InstalledPackage> apply(List<InstalledPackage> packages, PackageLoader loader) throws IOException {
        List<String> links = new ArrayList<>();
        for (String alias : ALIASES) {
            long hash = PathHashes.hash(alias);
            if (packages.stream().anyMatch(each -> each.facts().paths().mayContain(hash))) {
                links.add(alias);
            }
        }
        if (links.isEmpty()) {
            return packages;
        }
        List<InstalledPackage> moved = new ArrayList<>(packages.size());
        for (InstalledPackage each : packages) {
            boolean hides =
                    each.facts().directories().stream().map(FileFact::path).anyMatch(links::contains);
            moved.add(hides ? loader.reload(each, new PathRewrite(links)) : each);
        }
        return moved;
    }
}
