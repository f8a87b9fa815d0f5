package dev.cairn.registry;

import java.util.List;

/// Decides who may do what. Nothing is allowed that no line here allows.
///
/// | | public repository | viewer | puller | editor | owner | administrator |
/// |---|---|---|---|---|---|---|
/// | list | yes | yes | yes | yes | yes | yes |
/// | pull | yes | | yes | yes | yes | yes |
/// | push, delete | | | | yes | yes | yes |
/// | manage | | | | | yes | yes |
///
/// A token narrows this to its scopes, a bearer token to what was granted when it was issued.
public final class Access {
    private Access() {}

    /// Whether the subject may do this in a repository.
    ///
    /// @param isPublic whether the repository is there and public
    public static boolean decide(Subject subject, Action action, RepositoryName repository, boolean isPublic) {
        if (isPublic && action.isForEveryone()) {
            return true;
        }
        return switch (subject) {
            case Subject.Anonymous _ -> false;
            case Subject.Account account ->
                decide(account, action, repository.organisation())
                        && (account.limits().isEmpty() || covers(account.limits(), action, repository));
            case Subject.Bearer bearer -> covers(bearer.granted(), action, repository);
        };
    }

    /// Whether the account may do this in an organisation, whatever the repository.
    public static boolean decide(Subject.Account account, Action action, String organisation) {
        Role role = account.roles().get(organisation);
        return account.administrator() || (role != null && role.compareTo(action.least()) >= 0);
    }

    /// Whether the subject manages the organisation. A token with scopes manages nothing.
    public static boolean manages(Subject subject, String organisation) {
        return subject instanceof Subject.Account account
                && account.limits().isEmpty()
                && decide(account, Action.MANAGE, organisation);
    }

    /// Whether the subject manages the server.
    public static boolean administers(Subject subject) {
        return subject instanceof Subject.Account account
                && account.administrator()
                && account.limits().isEmpty();
    }

    private static boolean covers(List<Scope> scopes, Action action, RepositoryName repository) {
        for (Scope scope : scopes) {
            if (scope.covers(repository, action)) {
                return true;
            }
        }
        return false;
    }
}
