package dev.cairn.registry.http;

import dev.cairn.oci.JsonWriter;
import dev.cairn.registry.Action;
import dev.cairn.registry.Authenticator;
import dev.cairn.registry.DistributionException;
import dev.cairn.registry.Repositories;
import dev.cairn.registry.Repository;
import dev.cairn.registry.RepositoryName;
import dev.cairn.registry.Scope;
import dev.cairn.registry.Subject;
import dev.cairn.registry.TokenIssuer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/// `/token`: the token server, by GET with Basic and by the OAuth 2 POST. It grants what of the request the account
/// may do, and tells nothing of the rest.
final class TokenEndpoint {
    /// What a grant to list the catalogue is called among the scopes; no repository can be called so.
    static final String CATALOG = "registry:catalog";

    private static final int LONGEST_FORM = 16 << 10;
    private static final int MOST_SCOPES = 50;

    private final Authenticator authenticator;
    private final Repositories repositories;
    private final TokenIssuer issuer;
    private final InstantSource clock;

    TokenEndpoint(Authenticator authenticator, Repositories repositories, TokenIssuer issuer, InstantSource clock) {
        this.authenticator = authenticator;
        this.repositories = repositories;
        this.issuer = issuer;
        this.clock = clock;
    }

    void handle(Exchange exchange) throws IOException {
        switch (exchange.method()) {
            case "GET" -> {
                Subject subject = authenticator.authenticate(exchange.header(HttpHeader.AUTHORIZATION));
                answer(exchange, subject, exchange.query().all("scope"), null);
            }
            case "POST" -> post(exchange);
            default -> throw Digests.unsupported(exchange);
        }
    }

    private void post(Exchange exchange) throws IOException {
        Query form = Query.parse(new String(exchange.body(LONGEST_FORM), StandardCharsets.UTF_8));
        String type = form.first("grant_type");
        String refresh = form.first("refresh_token");
        String user = form.first("username");
        String password = form.first("password");
        if ("refresh_token".equals(type) && refresh != null) {
            // an identity token is one of our own tokens: docker keeps it in place of the password
            answer(exchange, authenticator.password("", refresh), form.all("scope"), refresh);
        } else if ("password".equals(type) && user != null && password != null) {
            answer(exchange, authenticator.password(user, password), form.all("scope"), null);
        } else {
            throw new DistributionException(
                    DistributionException.Code.BAD_REQUEST,
                    "grant_type must be password with username and password, or refresh_token with refresh_token");
        }
    }

    private void answer(Exchange exchange, Subject subject, List<String> scopes, @Nullable String refresh) {
        exchange.isOf(subject.name());
        List<Scope> granted = new ArrayList<>(TokenIssuer.grant(subject, wanted(scopes), this::isPublic));
        if (scopes.contains("registry:catalog:*")
                && subject instanceof Subject.Account account
                && account.limits().isEmpty()) {
            granted.add(new Scope(CATALOG, EnumSet.of(Action.LIST)));
        }
        String token = issuer.issue(subject.name(), granted);
        JsonWriter json = new JsonWriter();
        json.string("token", token);
        json.string("access_token", token);
        json.number("expires_in", TokenIssuer.LIFETIME.toSeconds());
        json.string("issued_at", clock.instant().toString());
        json.optionalString("refresh_token", refresh);
        exchange.put(HttpHeader.CACHE_CONTROL, "no-store").send(200, Exchange.JSON, json.finish());
    }

    private boolean isPublic(RepositoryName name) {
        Optional<Repository> repository = repositories.find(name);
        return repository.isPresent() && repository.get().isPublic();
    }

    /// The scopes on repositories; several may stand in one parameter. What can't be read grants nothing.
    private static List<Scope> wanted(List<String> parameters) {
        List<Scope> wanted = new ArrayList<>();
        for (String parameter : parameters) {
            for (String text : parameter.split(" ", -1)) {
                String type = "repository:";
                if (text.startsWith(type) && wanted.size() < MOST_SCOPES) {
                    read(text.substring(type.length())).ifPresent(wanted::add);
                }
            }
        }
        return wanted;
    }

    private static Optional<Scope> read(String text) {
        try {
            Scope scope = Scope.parse(text);
            return scope.repositories().endsWith("*") ? Optional.empty() : Optional.of(scope);
        } catch (DistributionException e) {
            return Optional.empty();
        }
    }

    void keys(Exchange exchange) {
        exchange.send(200, "application/jwk-set+json", issuer.keySet());
    }
}
