package dev.cairn.registry.http;

import dev.cairn.oci.JsonObject;
import dev.cairn.oci.JsonWriter;
import dev.cairn.oci.OciException;
import dev.cairn.registry.Access;
import dev.cairn.registry.Accounts;
import dev.cairn.registry.DistributionException;
import dev.cairn.registry.DistributionException.Code;
import dev.cairn.registry.Scope;
import dev.cairn.registry.Shown;
import dev.cairn.registry.Subject;
import dev.cairn.registry.TokenSecret;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tokens, in place of passwords: for robots, and for people's tools.
///
/// - `GET /api/v1/tokens`: one's own, and those of robots that one manages
/// - `POST /api/v1/tokens` `{"account", "label", "scopes", "days"}`: the only answer that ever has the secret
/// - `DELETE /api/v1/tokens/ID`
final class TokenApi {
    /// How long a token is taken when nothing is said.
    private static final int DAYS = 90;

    private static final int MOST_DAYS = 3650;
    private static final int LONGEST_LABEL = 200;

    private final Gate gate;
    private final Accounts accounts;
    private final SecureRandom random;
    private final InstantSource clock;

    TokenApi(Gate gate, Accounts accounts, SecureRandom random, InstantSource clock) {
        this.gate = gate;
        this.accounts = accounts;
        this.random = random;
        this.clock = clock;
    }

    void handle(Exchange exchange, List<String> words) throws IOException {
        Subject.Account account = gate.account(exchange);
        if (!account.limits().isEmpty()) {
            throw ApiEndpoint.denied("a token of scopes does not deal in tokens");
        }
        if (words.size() == 2 && exchange.method().equals("DELETE")) {
            revoke(exchange, account, words.get(1));
        } else if (words.size() == 1 && exchange.method().equals("GET")) {
            list(exchange, account);
        } else if (words.size() == 1 && exchange.method().equals("POST")) {
            create(exchange, account);
        } else {
            throw Digests.unsupported(exchange);
        }
    }

    /// One's own tokens, those of robots of an organisation that one manages, and an administrator all.
    private static boolean mayManage(Subject.Account account, String whose) {
        int slash = whose.indexOf('/');
        return account.name().equals(whose)
                || Access.administers(account)
                || (slash > 0 && Access.manages(account, whose.substring(0, slash)));
    }

    private void create(Exchange exchange, Subject.Account account) throws IOException {
        Wanted wanted = wanted(OrganisationApi.body(exchange), account);
        if (!mayManage(account, wanted.account())) {
            throw ApiEndpoint.denied("this account makes no tokens for " + Shown.of(wanted.account()));
        }
        TokenSecret secret = TokenSecret.create(random);
        Instant now = clock.instant();
        Instant expires = wanted.days() == 0 ? null : now.plus(Duration.ofDays(wanted.days()));
        Accounts.Token token =
                new Accounts.Token(secret.id(), wanted.account(), wanted.label(), wanted.scopes(), now, expires);
        accounts.addToken(new Accounts.Secret(token, secret.hash()));
        JsonWriter json = new JsonWriter();
        write(json, token);
        json.string("token", secret.text());
        exchange.put("Cache-Control", "no-store").send(201, Exchange.JSON, json.finish());
    }

    private record Wanted(String account, String label, List<Scope> scopes, long days) {}

    private static Wanted wanted(JsonObject body, Subject.Account account) {
        try {
            List<Scope> scopes = new ArrayList<>();
            for (String scope : body.strings("scopes")) {
                scopes.add(Scope.parse(scope));
            }
            long days = body.integer("days", DAYS);
            String label = text(body.optionalString("label"), "");
            if (days < 0 || days > MOST_DAYS || label.length() > LONGEST_LABEL || scopes.size() > LONGEST_LABEL) {
                throw new DistributionException(
                        Code.BAD_REQUEST, "days is 0 (for ever) to " + MOST_DAYS + ", a label has up to 200 letters");
            }
            return new Wanted(text(body.optionalString("account"), account.name()), label, scopes, days);
        } catch (OciException e) {
            throw new DistributionException(Code.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private static String text(@Nullable String given, String otherwise) {
        return given == null ? otherwise : given;
    }

    private void list(Exchange exchange, Subject.Account account) {
        JsonWriter json = new JsonWriter();
        json.array("tokens");
        for (Accounts.Token token : accounts.tokens(null)) {
            if (mayManage(account, token.account())) {
                json.object();
                write(json, token);
                json.end();
            }
        }
        json.endArray();
        exchange.send(200, Exchange.JSON, json.finish());
    }

    private static void write(JsonWriter json, Accounts.Token token) {
        Instant expires = token.expires();
        json.string("id", token.id());
        json.string("account", token.account());
        json.string("label", token.label());
        json.strings("scopes", token.scopes().stream().map(Scope::toString).toList());
        json.string("created", token.created().toString());
        json.optionalString("expires", expires == null ? null : expires.toString());
    }

    private void revoke(Exchange exchange, Subject.Account account, String id) {
        Optional<Accounts.Secret> kept = accounts.token(id);
        if (kept.isEmpty() || !mayManage(account, kept.get().token().account()) || !accounts.revoke(id)) {
            throw new DistributionException(Code.NOT_FOUND, "there is no token " + Shown.of(id) + " of yours");
        }
        exchange.empty(204);
    }
}
