package dev.cairn.registry;

import dev.cairn.oci.Reference;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Actions on repositories that a token is limited to: `my.co/python:pull,push`, `my.co/*:pull`, `*:pull`.
///
/// @param repositories a repository's name, or a prefix that ends in `*`
/// @param actions the actions
public record Scope(String repositories, Set<Action> actions) {

    public Scope {
        actions =
                Collections.unmodifiableSet(actions.isEmpty() ? EnumSet.noneOf(Action.class) : EnumSet.copyOf(actions));
    }

    /// Reads a scope.
    ///
    /// @throws DistributionException `BAD_REQUEST`
    public static Scope parse(String text) {
        int colon = text.lastIndexOf(':');
        String repositories = colon < 0 ? text : text.substring(0, colon);
        EnumSet<Action> actions = EnumSet.noneOf(Action.class);
        for (String word : (colon < 0 ? "" : text.substring(colon + 1)).split(",", -1)) {
            Optional<Action> action = word.equals("*") ? Optional.of(Action.DELETE) : Action.of(word);
            actions.add(action.orElseThrow(() -> invalid(text)));
            if (word.equals("*")) {
                actions.addAll(EnumSet.of(Action.PULL, Action.PUSH));
            }
        }
        if (!isPattern(repositories)) {
            throw invalid(text);
        }
        // who pulls sees
        if (actions.contains(Action.PULL)) {
            actions.add(Action.LIST);
        }
        return new Scope(repositories, actions);
    }

    private static boolean isPattern(String text) {
        int star = text.indexOf('*');
        if (star < 0) {
            return Reference.isRepository(text);
        }
        String prefix = text.substring(0, star);
        return star == text.length() - 1
                && (prefix.isEmpty()
                        || (prefix.endsWith("/") && Reference.isRepository(prefix.substring(0, prefix.length() - 1))));
    }

    /// Whether it covers this action on this repository.
    public boolean covers(RepositoryName repository, Action action) {
        boolean named = repositories.endsWith("*")
                ? repository.text().startsWith(repositories.substring(0, repositories.length() - 1))
                : repository.text().equals(repositories);
        return named && actions.contains(action);
    }

    private static DistributionException invalid(String text) {
        return new DistributionException(
                DistributionException.Code.BAD_REQUEST,
                "'" + Shown.of(text) + "' is no scope\ntry: ORGANISATION/NAME:pull,push or ORGANISATION/*:pull");
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(repositories).append(':');
        String separator = "";
        for (Action action : actions) {
            text.append(separator).append(action.id());
            separator = ",";
        }
        return text.toString();
    }
}
