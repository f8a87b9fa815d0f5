package dev.cairn.registry.http;

import dev.cairn.registry.Access;
import dev.cairn.registry.DistributionException;
import dev.cairn.registry.Shown;
import dev.cairn.registry.Subject;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/// `/api/v1/…`: the JSON API, for what OCI distribution-spec has no words for. The same rules decide as everywhere; an
/// account that may not do something in an organisation is told so whether there is such an organisation or not.
final class ApiEndpoint {
    static final int LONGEST_BODY = 64 << 10;
    private static final String PREFIX = "/api/v1/";

    private final OrganisationApi organisations;
    private final AccountApi accounts;
    private final TokenApi tokens;
    private final TagApi tags;
    private final UpkeepApi upkeep;

    ApiEndpoint(Gate gate, Endpoints.Rooms rooms) {
        organisations = new OrganisationApi(gate, rooms.accounts());
        accounts = new AccountApi(gate, rooms.accounts(), rooms.passwords());
        tokens = new TokenApi(gate, rooms.accounts(), rooms.random(), rooms.clock());
        tags = new TagApi(gate, rooms.manifests(), rooms.repositories());
        upkeep = new UpkeepApi(gate, rooms.upkeep(), rooms.mirrors(), rooms.log());
    }

    void handle(Exchange exchange, String path) throws IOException {
        if (!path.startsWith(PREFIX)) {
            throw nothing(path);
        }
        List<String> words = Arrays.asList(path.substring(PREFIX.length()).split("/", -1));
        switch (words.getFirst()) {
            case "organisations" -> organisations.handle(exchange, words);
            case "me", "users" -> accounts.handle(exchange, words);
            case "tokens" -> tokens.handle(exchange, words);
            case "tags", "history", "visibility" -> tags.handle(exchange, words);
            case "gc", "scrub", "mirrors" -> upkeep.handle(exchange, words);
            default -> throw nothing(path);
        }
    }

    static DistributionException nothing(String path) {
        return new DistributionException(DistributionException.Code.NOT_FOUND, "there is nothing at " + Shown.of(path));
    }

    static DistributionException denied(String message) {
        return new DistributionException(DistributionException.Code.DENIED, message);
    }

    /// Lets only those through who manage the organisation.
    static void requireManager(Subject.Account account, String organisation) {
        if (!Access.manages(account, organisation)) {
            throw denied("only an owner of " + Shown.of(organisation) + " may do that, and not with a token of scopes");
        }
    }

    /// Lets only those through who manage the server.
    static void requireAdministrator(Subject.Account account) {
        if (!Access.administers(account)) {
            throw denied("only an administrator of this registry may do that");
        }
    }
}
