package dev.cairn.image;

import java.util.List;

/// The directories that every image has, where no package brings them: mount points, and places to write to.
final class BaseDirectories {
    private static final String WHY = "every image has it";

    private BaseDirectories() {}

    static void write(ImageTree tree) {
        for (String path : List.of("dev", "etc", "home", "proc", "run", "sys", "usr", "var")) {
            add(tree, path, 0755);
        }
        add(tree, "root", 0700);
        add(tree, "tmp", 01777);
        add(tree, "var/tmp", 01777);
    }

    private static void add(ImageTree tree, String path, int mode) {
        boolean plain = !tree.view().hasDirectory(path)
                || (mode != 0755 && tree.attributes(path).mode() == 0755);
        if (plain && !tree.view().has(path)) {
            tree.top().directory(path, mode, 0, 0, WHY);
        }
    }
}
