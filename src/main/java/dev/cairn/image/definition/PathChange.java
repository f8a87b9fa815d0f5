package dev.cairn.image.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// One change to the image's file tree after the packages are in it.
///
/// @param type what is done
/// @param path the absolute path in the image, without `.`, doubled or trailing slashes
/// @param source what a link points to: as written for a symlink, an absolute path for a hardlink; empty otherwise
/// @param owner the new owner; empty leaves it as it is (a new entry is root's)
/// @param permissions bits to set; empty leaves them as they are, which only links and `permissions` do
/// @param recursive whether owner and permissions also go to everything below the path
/// @param position where the definition says it
public record PathChange(
        Type type,
        String path,
        String source,
        Optional<Owner> owner,
        OptionalInt permissions,
        boolean recursive,
        Position position) {

    /// What a change does.
    public enum Type {
        /// Makes a directory, and its parents with 0o755.
        DIRECTORY("directory"),
        /// Makes an empty file.
        EMPTY_FILE("empty-file"),
        /// Makes a second name of a file.
        HARDLINK("hardlink"),
        /// Makes a symbolic link.
        SYMLINK("symlink"),
        /// Changes the owner and permissions of what is there.
        PERMISSIONS("permissions");

        private final String id;

        Type(String id) {
            this.id = id;
        }

        /// The word in a definition: `empty-file`.
        public String id() {
            return id;
        }

        /// Whether it makes a link.
        public boolean isLink() {
            return this == HARDLINK || this == SYMLINK;
        }

        static List<String> names() {
            List<String> names = new ArrayList<>();
            for (Type type : values()) {
                names.add(type.id);
            }
            return names;
        }

        static Type of(String id) {
            return values()[names().indexOf(id)];
        }
    }
}
