package dev.cairn.mapping;

import dev.cairn.mapping.UpstreamImage.Known;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Chooses from a list of the tags that exist.
final class ListedTags {
    private static final String DEV = "-dev";

    private ListedTags() {}

    /// @param allHaveDev whether each tag has a `-dev` that the list does not name
    static Choice choose(Known image, boolean dev, List<String> tags, boolean allHaveDev) {
        if (tags.isEmpty()) {
            return new Choice.NoImage(image.name());
        }
        boolean wantsDev = dev && !image.distroful();
        Set<String> all = new HashSet<>(tags);
        List<String> usable = tags.stream()
                .filter(tag -> !isDev(tag) && (!wantsDev || allHaveDev || all.contains(devOf(tag))))
                .toList();
        Choice choice = new TagChoice(image, usable).choose();
        return wantsDev && choice instanceof Choice.Found found
                ? new Choice.Found(found.name(), devOf(found.tag()), found.exact())
                : choice;
    }

    private static boolean isDev(String tag) {
        return tag.endsWith(DEV) || tag.equals("dev");
    }

    private static String devOf(String tag) {
        return tag + DEV;
    }
}
