package dev.cairn.scan.inventory;

/// How much of one image is read before a file counts as not readable.
///
/// @param document the longest metadata file (a manifest, a package.json), in bytes
/// @param database the longest package database, in bytes
/// @param jarEntries the most entries of one jar, nested ones included
/// @param jarBytes the most bytes that one jar may inflate to, nested ones included
/// @param jarDepth how deep jars may lie in jars
/// @param components the most packages of one image
record Limits(int document, int database, int jarEntries, long jarBytes, int jarDepth, int components) {
    static final Limits STANDARD = new Limits(4 << 20, 64 << 20, 500_000, 8L << 30, 5, 200_000);
}
