package dev.cairn.registry;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Who makes a request.
public sealed interface Subject {
    /// The name in logs and histories.
    String name();

    /// Somebody who has not said who they are.
    record Anonymous() implements Subject {
        @Override
        public String name() {
            return "anonymous";
        }
    }

    /// A user or a robot.
    ///
    /// @param id the account's number
    /// @param name its name
    /// @param administrator whether it manages the server
    /// @param roles its roles, by organisation
    /// @param limits where a token was used: what the token is limited to; empty for no limit
    record Account(long id, String name, boolean administrator, SortedMap<String, Role> roles, List<Scope> limits)
            implements Subject {
        public Account {
            roles = Collections.unmodifiableSortedMap(new TreeMap<>(roles));
            limits = List.copyOf(limits);
        }
    }

    /// The bearer of a token that this server has issued a moment ago, with what was granted then.
    ///
    /// @param name the account's name, or `anonymous`
    /// @param granted what it was granted
    record Bearer(String name, List<Scope> granted) implements Subject {
        public Bearer {
            granted = List.copyOf(granted);
        }
    }
}
