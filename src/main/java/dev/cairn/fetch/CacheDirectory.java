package dev.cairn.fetch;

import java.nio.file.Path;
import java.util.Map;

/// Where Cairn keeps what it can get or make again: `$CAIRN_CACHE`, else `$XDG_CACHE_HOME/cairn`, else
/// `~/.cache/cairn` (XDG Base Directory Specification 0.8).
///
/// Any part of it may be deleted at any time, also by hand; it may be on another file system than everything else.
/// Several processes may use it at once.
public final class CacheDirectory {
    /// What is kept. The order is the one in which `cairn cache info` lists them.
    public enum Kind {
        /// Downloaded files and other bytes by their digest.
        CONTENT("content"),
        /// Small facts derived from content.
        RECORDS("records"),
        /// What is known of addresses whose content changes: validators and the digest of the last answer.
        DOCUMENTS("documents"),
        /// Downloads that were broken off.
        PARTIAL("partial");

        private final String folder;

        Kind(String folder) {
            this.folder = folder;
        }

        /// The folder's name, and the kind's name on the command line.
        public String folder() {
            return folder;
        }
    }

    private final Path root;
    private final Path records;

    /// A cache in this folder, which need not exist.
    public CacheDirectory(Path root) {
        this(root.toAbsolutePath(), root.toAbsolutePath().resolve(Kind.RECORDS.folder()));
    }

    private CacheDirectory(Path root, Path records) {
        this.root = root;
        this.records = records;
    }

    /// The same downloads with facts of their own in another folder: for whoever trusts no fact that was derived
    /// before.
    public CacheDirectory withRecords(Path folder) {
        return new CacheDirectory(root, folder.toAbsolutePath());
    }

    /// The cache that this environment names.
    public static CacheDirectory of(Map<String, String> environment) {
        String own = environment.getOrDefault("CAIRN_CACHE", "");
        if (!own.isEmpty()) {
            return new CacheDirectory(Path.of(own));
        }
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        // The specification: a relative path is to be ignored.
        if (!xdg.isEmpty() && Path.of(xdg).isAbsolute()) {
            return new CacheDirectory(Path.of(xdg, "cairn"));
        }
        String home = environment.getOrDefault("HOME", "");
        return new CacheDirectory(
                Path.of(home.isEmpty() ? System.getProperty("user.home", ".") : home, ".cache", "cairn"));
    }

    /// The folder.
    public Path root() {
        return root;
    }

    /// The folder of one kind.
    public Path folder(Kind kind) {
        return kind == Kind.RECORDS ? records : root.resolve(kind.folder());
    }

    /// The bytes by digest.
    public ContentStore content() {
        return new ContentStore(folder(Kind.CONTENT));
    }

    /// The derived facts.
    public RecordStore records() {
        return new RecordStore(folder(Kind.RECORDS));
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
