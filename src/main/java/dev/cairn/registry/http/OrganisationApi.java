package dev.cairn.registry.http;

import dev.cairn.oci.JsonObject;
import dev.cairn.oci.JsonWriter;
import dev.cairn.oci.OciException;
import dev.cairn.oci.Reference;
import dev.cairn.registry.Access;
import dev.cairn.registry.Accounts;
import dev.cairn.registry.DistributionException;
import dev.cairn.registry.DistributionException.Code;
import dev.cairn.registry.Role;
import dev.cairn.registry.Shown;
import dev.cairn.registry.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Organisations, their members and their robots.
///
/// - `GET /api/v1/organisations`, `POST` `{"name"}`
/// - `GET …/organisations/ORG/members`, `PUT …/members/ACCOUNT` `{"role"}`, `DELETE …/members/ACCOUNT`
/// - `GET …/organisations/ORG/robots`, `POST` `{"name", "role"}`, `DELETE …/robots/NAME`
final class OrganisationApi {
    private final Gate gate;
    private final Accounts accounts;

    OrganisationApi(Gate gate, Accounts accounts) {
        this.gate = gate;
        this.accounts = accounts;
    }

    void handle(Exchange exchange, List<String> words) throws IOException {
        Subject.Account account = gate.account(exchange);
        if (words.size() == 1) {
            organisations(exchange, account);
            return;
        }
        String organisation = words.get(1);
        if (words.size() < 3) {
            throw ApiEndpoint.nothing(String.join("/", words));
        }
        ApiEndpoint.requireManager(account, organisation);
        String rest = String.join("/", words.subList(3, words.size()));
        switch (words.get(2)) {
            case "members" -> members(exchange, organisation, rest);
            case "robots" -> robots(exchange, organisation, rest);
            default -> throw ApiEndpoint.nothing(String.join("/", words));
        }
    }

    private void organisations(Exchange exchange, Subject.Account account) throws IOException {
        switch (exchange.method()) {
            case "GET" -> {
                List<String> names = new ArrayList<>(accounts.organisations());
                if (!Access.administers(account)) {
                    names.retainAll(account.roles().keySet());
                }
                JsonWriter json = new JsonWriter();
                json.strings("organisations", names);
                exchange.send(200, Exchange.JSON, json.finish());
            }
            case "POST" -> {
                ApiEndpoint.requireAdministrator(account);
                String name = name(body(exchange));
                accounts.createOrganisation(name);
                exchange.send(201, Exchange.JSON, named(name));
            }
            default -> throw Digests.unsupported(exchange);
        }
    }

    private void members(Exchange exchange, String organisation, String account) throws IOException {
        switch (exchange.method()) {
            case "GET" -> {
                JsonWriter json = new JsonWriter();
                json.array("members");
                for (Accounts.Member member : accounts.members(organisation)) {
                    json.object();
                    json.string("account", member.account());
                    json.string("role", member.role().id());
                    json.end();
                }
                json.endArray();
                exchange.send(200, Exchange.JSON, json.finish());
            }
            case "PUT" -> {
                requireOwnRobot(organisation, account);
                requireFound(accounts.setRole(organisation, account, role(body(exchange))), account, organisation);
                exchange.empty(204);
            }
            case "DELETE" -> {
                requireFound(accounts.setRole(organisation, account, null), account, organisation);
                exchange.empty(204);
            }
            default -> throw Digests.unsupported(exchange);
        }
    }

    /// Another organisation's robots are not for this one: they would be a way in that its owners don't see.
    private static void requireOwnRobot(String organisation, String account) {
        if (account.indexOf('/') >= 0 && !account.startsWith(organisation + "/")) {
            throw new DistributionException(
                    Code.BAD_REQUEST, "a robot works for its own organisation only: " + Shown.of(account));
        }
    }

    private static void requireFound(boolean found, String account, String organisation) {
        if (!found) {
            throw new DistributionException(
                    Code.NOT_FOUND,
                    "there is no account '" + Shown.of(account) + "', or it is no member of " + Shown.of(organisation));
        }
    }

    private void robots(Exchange exchange, String organisation, String name) throws IOException {
        switch (exchange.method()) {
            case "GET" -> {
                JsonWriter json = new JsonWriter();
                json.strings(
                        "robots",
                        accounts.accounts(organisation).stream()
                                .map(Accounts.Listed::name)
                                .toList());
                exchange.send(200, Exchange.JSON, json.finish());
            }
            case "POST" -> {
                JsonObject body = body(exchange);
                Role role = role(body);
                String robot = organisation + "/" + name(body);
                accounts.createAccount(robot, organisation, null, false);
                accounts.setRole(organisation, robot, role);
                exchange.send(201, Exchange.JSON, named(robot));
            }
            case "DELETE" -> {
                requireFound(accounts.deleteAccount(organisation + "/" + name), name, organisation);
                exchange.empty(204);
            }
            default -> throw Digests.unsupported(exchange);
        }
    }

    /// A body that is a JSON object.
    static JsonObject body(Exchange exchange) throws IOException {
        try {
            return JsonObject.parse(exchange.body(ApiEndpoint.LONGEST_BODY), "the request", ApiEndpoint.LONGEST_BODY);
        } catch (OciException e) {
            throw new DistributionException(Code.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    /// A text in a body, which must be there.
    static String text(JsonObject body, String name) {
        try {
            return body.string(name);
        } catch (OciException e) {
            throw new DistributionException(Code.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    /// A name of an organisation, user or robot: one component of a repository's name.
    static String name(JsonObject body) {
        String name = text(body, "name");
        if (name.indexOf('/') >= 0 || name.length() > 64 || !Reference.isRepository(name)) {
            throw new DistributionException(
                    Code.NAME_INVALID,
                    "'" + Shown.of(name) + "' is not a name (at most 64 lower case letters, digits, . _ -)");
        }
        return name;
    }

    private static Role role(JsonObject body) {
        String role = text(body, "role");
        return Role.of(role)
                .orElseThrow(() -> new DistributionException(
                        Code.BAD_REQUEST,
                        "there is no role '" + Shown.of(role) + "'\ntry: viewer, puller, editor or owner"));
    }

    static byte[] named(String name) {
        JsonWriter json = new JsonWriter();
        json.string("name", name);
        return json.finish();
    }
}
