package dev.cairn.registry.http;

import dev.cairn.oci.JsonWriter;
import dev.cairn.registry.Accounts;
import dev.cairn.registry.Repositories;
import dev.cairn.registry.Scope;
import dev.cairn.registry.Subject;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// `/v2/_catalog`: the repositories that somebody may see, sorted, in pages.
final class CatalogEndpoint {
    private static final int PAGE = 1000;

    private final Gate gate;
    private final Repositories repositories;
    private final Accounts accounts;

    CatalogEndpoint(Gate gate, Repositories repositories, Accounts accounts) {
        this.gate = gate;
        this.repositories = repositories;
        this.accounts = accounts;
    }

    void handle(Exchange exchange) {
        if (!exchange.method().equals("GET") && !exchange.isHead()) {
            throw Digests.unsupported(exchange);
        }
        Subject subject = gate.subject(exchange, null);
        int count = exchange.query().count("n", PAGE);
        String last = exchange.query().first("last");
        List<String> found = count == 0 ? List.of() : repositories.list(organisations(subject), last, count + 1);
        boolean more = found.size() > count;
        List<String> page = more ? found.subList(0, count) : found;
        JsonWriter json = new JsonWriter();
        json.strings("repositories", page);
        if (more) {
            exchange.put("Link", TagEndpoint.next("/v2/_catalog?n=" + count, page.getLast()));
        }
        exchange.send(200, Exchange.JSON, json.finish());
    }

    /// The organisations whose private repositories the subject sees; null for all.
    private @Nullable SortedSet<String> organisations(Subject subject) {
        return switch (subject) {
            case Subject.Anonymous _ -> new TreeSet<>();
            case Subject.Account account -> organisations(account);
            case Subject.Bearer bearer -> {
                Optional<Subject.Account> account = accounts.account(bearer.name());
                yield account.isEmpty() || !mayList(bearer) ? new TreeSet<>() : organisations(account.get());
            }
        };
    }

    private static boolean mayList(Subject.Bearer bearer) {
        for (Scope scope : bearer.granted()) {
            if (scope.repositories().equals(TokenEndpoint.CATALOG)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable SortedSet<String> organisations(Subject.Account account) {
        if (!account.limits().isEmpty()) {
            // a token with scopes sees what is public; its own repositories it knows
            return new TreeSet<>();
        }
        return account.administrator() ? null : new TreeSet<>(account.roles().keySet());
    }
}
