package dev.cairn.registry;

import java.util.Optional;

/// What a member may do in an organisation. Each role includes those before it.
public enum Role {
    /// Sees repositories and tags.
    VIEWER("viewer"),
    /// Pulls.
    PULLER("puller"),
    /// Pushes, and deletes what can be deleted.
    EDITOR("editor"),
    /// Manages members, robots, tokens and visibility.
    OWNER("owner");

    private final String id;

    Role(String id) {
        this.id = id;
    }

    /// The role's name in texts.
    public String id() {
        return id;
    }

    /// The role of this name.
    public static Optional<Role> of(String id) {
        for (Role role : values()) {
            if (role.id.equals(id)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
