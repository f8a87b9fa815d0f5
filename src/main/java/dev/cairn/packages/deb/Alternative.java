package dev.cairn.packages.deb;

import java.util.List;

/// One way to provide a generic name, as `update-alternatives --install` is told of it (update-alternatives(1)): the
/// link `/usr/bin/awk`, managed under the name `awk`, may lead to `/usr/bin/mawk` with priority 5.
///
/// @param link the generic path; absolute, without `..`
/// @param name the file name below `/etc/alternatives`
/// @param path what the link may lead to
/// @param priority the highest wins
/// @param followers links that follow this one's choice (`--slave`): manual pages, accompanying programs
public record Alternative(String link, String name, String path, int priority, List<Follower> followers) {
    public Alternative {
        followers = List.copyOf(followers);
    }

    /// A link that follows another's choice.
    public record Follower(String link, String name, String path) {}
}
