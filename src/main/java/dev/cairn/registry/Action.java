package dev.cairn.registry;

import java.util.Optional;

/// What somebody wants to do with a repository or an organisation.
public enum Action {
    /// See that it is there, its tags and their history.
    LIST("list", Role.VIEWER),
    /// Read manifests and blobs.
    PULL("pull", Role.PULLER),
    /// Write manifests, tags and blobs.
    PUSH("push", Role.EDITOR),
    /// Delete manifests, tags and blobs.
    DELETE("delete", Role.EDITOR),
    /// Manage members, robots, tokens and visibility.
    MANAGE("manage", Role.OWNER);

    private final String id;
    private final Role least;

    Action(String id, Role least) {
        this.id = id;
        this.least = least;
    }

    /// The action's name in a scope.
    public String id() {
        return id;
    }

    /// The lowest role that may do it.
    public Role least() {
        return least;
    }

    /// Whether everybody may do it in a public repository.
    public boolean isForEveryone() {
        return this == LIST || this == PULL;
    }

    /// The action of this name.
    public static Optional<Action> of(String id) {
        for (Action action : values()) {
            if (action.id.equals(id)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }
}
