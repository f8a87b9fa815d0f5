package dev.cairn.registry.http;

import dev.cairn.oci.JsonWriter;
import dev.cairn.registry.Action;
import dev.cairn.registry.Manifests;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// `/v2/<name>/tags/list`: the tags in the order of their bytes, in pages.
final class TagEndpoint {
    /// The longest page.
    private static final int PAGE = 10_000;

    private final Gate gate;
    private final Manifests manifests;

    TagEndpoint(Gate gate, Manifests manifests) {
        this.gate = gate;
        this.manifests = manifests;
    }

    void handle(Exchange exchange, Route.OfTags route) {
        if (!exchange.method().equals("GET") && !exchange.isHead()) {
            throw Digests.unsupported(exchange);
        }
        Gate.Passed passed = gate.read(exchange, route.repository(), Action.LIST);
        int count = exchange.query().count("n", PAGE);
        List<String> tags = count == 0
                ? List.of()
                : manifests.tags(passed.repository(), exchange.query().first("last"), count + 1);
        boolean more = tags.size() > count;
        List<String> page = more ? tags.subList(0, count) : tags;
        JsonWriter json = new JsonWriter();
        json.string("name", route.repository());
        json.strings("tags", page);
        if (more) {
            exchange.put("Link", next("/v2/" + route.repository() + "/tags/list?n=" + count, page.getLast()));
        }
        exchange.send(200, Exchange.JSON, json.finish());
    }

    /// A `Link` header (RFC 8288) to the page behind `last`.
    static String next(String address, String last) {
        return "<" + address + "&last=" + URLEncoder.encode(last, StandardCharsets.UTF_8) + ">; rel=\"next\"";
    }
}
