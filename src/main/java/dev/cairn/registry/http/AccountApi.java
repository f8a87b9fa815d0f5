package dev.cairn.registry.http;

import dev.cairn.oci.JsonObject;
import dev.cairn.oci.JsonWriter;
import dev.cairn.registry.Access;
import dev.cairn.registry.Accounts;
import dev.cairn.registry.DistributionException;
import dev.cairn.registry.DistributionException.Code;
import dev.cairn.registry.Passwords;
import dev.cairn.registry.Scope;
import dev.cairn.registry.Shown;
import dev.cairn.registry.Subject;
import java.io.IOException;
import java.util.List;

/// Users.
///
/// - `GET /api/v1/me`: who the credentials are of
/// - `GET /api/v1/users`, `POST` `{"name", "password", "administrator"}`, `DELETE /api/v1/users/NAME`
/// - `PUT /api/v1/users/NAME/password` `{"password"}`
final class AccountApi {
    private final Gate gate;
    private final Accounts accounts;
    private final Passwords passwords;

    AccountApi(Gate gate, Accounts accounts, Passwords passwords) {
        this.gate = gate;
        this.accounts = accounts;
        this.passwords = passwords;
    }

    void handle(Exchange exchange, List<String> words) throws IOException {
        Subject.Account account = gate.account(exchange);
        if (words.getFirst().equals("me")) {
            me(exchange, account);
        } else if (words.size() == 1) {
            users(exchange, account);
        } else if (words.size() == 3 && words.get(2).equals("password")) {
            password(exchange, account, words.get(1));
        } else if (words.size() == 2 && exchange.method().equals("DELETE")) {
            ApiEndpoint.requireAdministrator(account);
            if (words.get(1).equals(account.name())) {
                throw new DistributionException(Code.CONFLICT, "nobody deletes the account that they use");
            }
            requireUser(accounts.deleteAccount(words.get(1)), words.get(1));
            exchange.empty(204);
        } else {
            throw ApiEndpoint.nothing(String.join("/", words));
        }
    }

    private static void me(Exchange exchange, Subject.Account account) {
        JsonWriter json = new JsonWriter();
        json.string("name", account.name());
        json.bool("administrator", account.administrator());
        json.object("roles");
        account.roles().forEach((organisation, role) -> json.string(organisation, role.id()));
        json.end();
        json.strings("scopes", account.limits().stream().map(Scope::toString).toList());
        exchange.send(200, Exchange.JSON, json.finish());
    }

    private void users(Exchange exchange, Subject.Account account) throws IOException {
        ApiEndpoint.requireAdministrator(account);
        switch (exchange.method()) {
            case "GET" -> {
                JsonWriter json = new JsonWriter();
                json.array("users");
                for (Accounts.Listed each : accounts.accounts(null)) {
                    if (each.organisation() == null) {
                        json.object();
                        json.string("name", each.name());
                        json.bool("administrator", each.administrator());
                        json.string("created", each.created().toString());
                        json.end();
                    }
                }
                json.endArray();
                exchange.send(200, Exchange.JSON, json.finish());
            }
            case "POST" -> {
                JsonObject body = OrganisationApi.body(exchange);
                String name = OrganisationApi.name(body);
                String hash = passwords.hash(OrganisationApi.text(body, "password"));
                accounts.createAccount(name, null, hash, isAdministrator(body));
                exchange.send(201, Exchange.JSON, OrganisationApi.named(name));
            }
            default -> throw Digests.unsupported(exchange);
        }
    }

    private static boolean isAdministrator(JsonObject body) {
        return body.has("administrator") && body.bool("administrator");
    }

    private void password(Exchange exchange, Subject.Account account, String name) throws IOException {
        boolean own = account.name().equals(name) && account.limits().isEmpty();
        if (!own && !Access.administers(account)) {
            throw ApiEndpoint.denied("only " + Shown.of(name) + " or an administrator sets that password");
        }
        if (!exchange.method().equals("PUT")) {
            throw Digests.unsupported(exchange);
        }
        String hash = passwords.hash(OrganisationApi.text(OrganisationApi.body(exchange), "password"));
        requireUser(accounts.setPassword(name, hash), name);
        exchange.empty(204);
    }

    private static void requireUser(boolean found, String name) {
        if (!found) {
            throw new DistributionException(Code.NOT_FOUND, "there is no user '" + Shown.of(name) + "'");
        }
    }
}
