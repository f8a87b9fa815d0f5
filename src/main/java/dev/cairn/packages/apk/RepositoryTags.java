package dev.cairn.packages.apk;

import java.util.ArrayList;
import java.util.List;

/// Which repositories (as bits) carry which tag. Tag 0 stands for the repositories without one.
final class RepositoryTags {
    private final List<String> tags = new ArrayList<>(List.of(""));
    private final int[] repositories = new int[33];

    /// @param tagOfEach the tag of each repository in order, empty for none
    RepositoryTags(List<String> tagOfEach) {
        for (int i = 0; i < tagOfEach.size(); i++) {
            String tag = tagOfEach.get(i);
            if (!tags.contains(tag)) {
                tags.add(tag);
            }
            repositories[tags.indexOf(tag)] |= 1 << i;
        }
    }

    /// The tag's number, or -1 if no repository has it.
    int number(String tag) {
        return tags.indexOf(tag);
    }

    /// The repositories that have one of these tags (bits of tag numbers).
    int repositories(int tagBits) {
        int all = 0;
        for (int tag = 0; tag < tags.size(); tag++) {
            if ((tagBits & 1 << tag) != 0) {
                all |= repositories[tag];
            }
        }
        return all;
    }

    /// The tags of the repositories given, for people: `@edge`.
    List<String> namesOf(int repositoryBits) {
        List<String> names = new ArrayList<>();
        for (int tag = 1; tag < tags.size(); tag++) {
            if ((repositories[tag] & repositoryBits) != 0) {
                names.add("@" + tags.get(tag));
            }
        }
        return names;
    }
}
