package dev.cairn.image;

import java.util.List;
import java.util.Map;

/// Makes Java's trust store in every image that has a Java runtime: the certificates of the CA bundle, at
/// `/etc/ssl/certs/java/cacerts`, where distributions' runtimes look through a link. Their packages make it in a
/// script. A runtime that brings a store of its own keeps it, unless the definition adds certificates.
final class JavaTrust {
    private static final String PATH = "etc/ssl/certs/java/cacerts";
    private static final String RUNTIMES = "usr/lib/jvm";
    private static final String PROGRAM = "/bin/java";
    private static final String STORE = "/lib/security/cacerts";
    private static final String WHY = "generated: the CA bundle's certificates for Java";

    private JavaTrust() {}

    static void write(ImageTree tree, Map<String, byte[]> certificates, boolean added) {
        if (!tree.view().hasDirectory(RUNTIMES) || (tree.view().has(PATH) && !added)) {
            return;
        }
        List<String> files = tree.view().below(RUNTIMES).stream()
                .map(each -> each.fact().path())
                .toList();
        if (files.stream().noneMatch(each -> each.endsWith(PROGRAM))) {
            return;
        }
        JavaKeyStore store = new JavaKeyStore();
        certificates.forEach(store::add);
        if (store.size() == 0) {
            return;
        }
        tree.top().file(PATH, 0644, store.toBytes(), WHY);
        for (String program : files) {
            if (program.endsWith(PROGRAM)) {
                link(tree, program.substring(0, program.length() - PROGRAM.length()) + STORE, added);
            }
        }
    }

    /// A runtime looks below its home.
    private static void link(ImageTree tree, String place, boolean added) {
        boolean leadsThere = tree.canonical(place, true).equals(PATH);
        if (!leadsThere && (added || !tree.exists(place))) {
            tree.top().symlink(place, "/" + PATH, "where this Java runtime looks for " + PATH);
        }
    }
}
