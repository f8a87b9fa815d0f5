package dev.cairn.registry.http;

import dev.cairn.registry.Access;
import dev.cairn.registry.Action;
import dev.cairn.registry.Authenticator;
import dev.cairn.registry.DistributionException;
import dev.cairn.registry.Repositories;
import dev.cairn.registry.Repository;
import dev.cairn.registry.RepositoryName;
import dev.cairn.registry.Subject;
import dev.cairn.registry.TokenIssuer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/// Lets requests through to repositories, or tells them no: to everybody in the same words, whether the repository is
/// there or not.
final class Gate {
    private static final String CHALLENGE = HttpHeader.WWW_AUTHENTICATE.asString();

    private final Authenticator authenticator;
    private final Repositories repositories;
    private final TokenIssuer issuer;
    private final @Nullable String external;

    /// @param external how clients reach the server; null: as the request says
    Gate(Authenticator authenticator, Repositories repositories, TokenIssuer issuer, @Nullable String external) {
        this.authenticator = authenticator;
        this.repositories = repositories;
        this.issuer = issuer;
        this.external = external;
    }

    /// Somebody who was let through to a repository.
    record Passed(Subject subject, Repository repository) {}

    /// Who makes the request; a header that does not hold is answered with a challenge.
    Subject subject(Exchange exchange, @Nullable String scope) {
        try {
            Subject subject = authenticator.authenticate(exchange.header(HttpHeader.AUTHORIZATION));
            exchange.isOf(subject.name());
            return subject;
        } catch (DistributionException e) {
            challenge(exchange, scope, null);
            throw e;
        }
    }

    /// Who makes a request of the JSON API, which knows Basic and tokens only.
    Subject.Account account(Exchange exchange) {
        try {
            Subject subject = authenticator.authenticate(exchange.header(HttpHeader.AUTHORIZATION));
            exchange.isOf(subject.name());
            if (subject instanceof Subject.Account account) {
                return account;
            }
        } catch (DistributionException e) {
            exchange.put(CHALLENGE, "Basic realm=\"" + issuer.service() + "\"");
            throw e;
        }
        exchange.put(CHALLENGE, "Basic realm=\"" + issuer.service() + "\"");
        throw new DistributionException(
                DistributionException.Code.UNAUTHORIZED, "this needs a name and a password or token");
    }

    /// Lets somebody through who wants to read.
    Passed read(Exchange exchange, String name, Action action) {
        RepositoryName repository = new RepositoryName(name);
        Subject subject = subject(exchange, name + ":pull");
        Optional<Repository> found = repositories.find(repository);
        boolean isPublic = found.isPresent() && found.get().isPublic();
        if (!Access.decide(subject, action, repository, isPublic)) {
            throw refusal(exchange, subject, name + ":pull");
        }
        return new Passed(subject, found.orElseThrow(() -> unknown(name)));
    }

    /// Lets somebody through who wants to push; the repository is made if need be.
    Passed push(Exchange exchange, String name) {
        RepositoryName repository = new RepositoryName(name);
        Subject subject = subject(exchange, name + ":pull,push");
        if (!Access.decide(subject, Action.PUSH, repository, false)) {
            throw refusal(exchange, subject, name + ":pull,push");
        }
        return new Passed(subject, repositories.open(repository));
    }

    /// Lets somebody through who wants to delete.
    Passed delete(Exchange exchange, String name) {
        RepositoryName repository = new RepositoryName(name);
        Subject subject = subject(exchange, name + ":delete");
        if (!Access.decide(subject, Action.DELETE, repository, false)) {
            throw refusal(exchange, subject, name + ":delete");
        }
        return new Passed(subject, repositories.find(repository).orElseThrow(() -> unknown(name)));
    }

    /// The repository, if there is one and the subject may do this in it.
    Optional<Repository> quietly(Subject subject, RepositoryName name, Action action) {
        Optional<Repository> found = repositories.find(name);
        boolean isPublic = found.isPresent() && found.get().isPublic();
        return Access.decide(subject, action, name, isPublic) ? found : Optional.empty();
    }

    DistributionException refusal(Exchange exchange, Subject subject, @Nullable String scope) {
        return switch (subject) {
            case Subject.Account _ ->
                new DistributionException(DistributionException.Code.DENIED, "this account may not do that here");
            case Subject.Anonymous _ -> {
                challenge(exchange, scope, null);
                yield new DistributionException(
                        DistributionException.Code.UNAUTHORIZED, "log in first: docker login, or podman login");
            }
            case Subject.Bearer _ -> {
                challenge(exchange, scope, "insufficient_scope");
                yield new DistributionException(
                        DistributionException.Code.UNAUTHORIZED, "the token does not grant that");
            }
        };
    }

    private void challenge(Exchange exchange, @Nullable String scope, @Nullable String error) {
        exchange.put(
                CHALLENGE,
                "Bearer realm=\"" + (external == null ? exchange.origin() : external) + "/token\",service=\""
                        + issuer.service() + "\""
                        + (scope == null ? "" : ",scope=\"repository:" + scope + "\"")
                        + (error == null ? "" : ",error=\"" + error + "\""));
    }

    private static DistributionException unknown(String name) {
        return new DistributionException(
                DistributionException.Code.NAME_UNKNOWN, "there is no repository '" + name + "'");
    }
}
