package dev.cairn.registry;

import dev.cairn.oci.Reference;

/// A repository's name (OCI distribution-spec, "Pulling manifests"): at most 255 characters. Its first component is
/// the organisation that it belongs to: `my.co/python` belongs to `my.co`. A name of one component is an organisation's
/// only in form; there is no repository without an organisation.
public record RepositoryName(String text) implements Comparable<RepositoryName> {

    public RepositoryName {
        if (!Reference.isRepository(text)) {
            throw new DistributionException(
                    DistributionException.Code.NAME_INVALID,
                    "'" + Shown.of(text) + "' is not a repository's name (lower case letters, digits, . _ - and /)");
        }
    }

    /// The organisation that it belongs to.
    public String organisation() {
        int slash = text.indexOf('/');
        return slash < 0 ? text : text.substring(0, slash);
    }

    @Override
    public int compareTo(RepositoryName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
