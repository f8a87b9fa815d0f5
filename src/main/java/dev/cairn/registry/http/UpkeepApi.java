package dev.cairn.registry.http;

import dev.cairn.digest.Digest;
import dev.cairn.oci.JsonObject;
import dev.cairn.oci.JsonWriter;
import dev.cairn.registry.DistributionException;
import dev.cairn.registry.DistributionException.Code;
import dev.cairn.registry.Mirrors;
import dev.cairn.registry.Upkeep;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// What an administrator does with the server as a whole.
///
/// - `POST /api/v1/gc?grace=SECONDS`, `POST /api/v1/scrub?remove=true`
/// - `GET /api/v1/mirrors`, `PUT` `{"from", "to"}`, `DELETE /api/v1/mirrors?from=…`
final class UpkeepApi {
    private static final int USUAL_GRACE_SECONDS = 24 * 3600;

    private final Gate gate;
    private final Upkeep upkeep;
    private final Mirrors mirrors;
    private final Consumer<String> log;

    UpkeepApi(Gate gate, Upkeep upkeep, Mirrors mirrors, Consumer<String> log) {
        this.gate = gate;
        this.upkeep = upkeep;
        this.mirrors = mirrors;
        this.log = log;
    }

    void handle(Exchange exchange, List<String> words) throws IOException {
        ApiEndpoint.requireAdministrator(gate.account(exchange));
        String what = words.size() == 1 ? words.getFirst() : "";
        boolean post = exchange.method().equals("POST");
        switch (what) {
            case "gc" -> {
                require(post, exchange);
                collect(exchange);
            }
            case "scrub" -> {
                require(post, exchange);
                scrub(exchange);
            }
            case "mirrors" -> mirrors(exchange);
            default -> throw ApiEndpoint.nothing(String.join("/", words));
        }
    }

    private static void require(boolean right, Exchange exchange) {
        if (!right) {
            throw Digests.unsupported(exchange);
        }
    }

    private void collect(Exchange exchange) throws IOException {
        String grace = exchange.query().first("grace");
        int seconds = grace == null ? USUAL_GRACE_SECONDS : exchange.query().count("grace", Integer.MAX_VALUE);
        Upkeep.Collected collected = upkeep.collect(Duration.ofSeconds(seconds));
        log.accept("gc: " + collected);
        JsonWriter json = new JsonWriter();
        json.number("unlinked", collected.unlinked());
        json.number("condemned", collected.condemned());
        json.number("deleted", collected.deleted());
        json.number("uploadBytes", collected.uploads());
        json.number("orphans", collected.orphans());
        json.number("freed", collected.freed());
        exchange.send(200, Exchange.JSON, json.finish());
    }

    private void scrub(Exchange exchange) throws IOException {
        Upkeep.Scrubbed scrubbed = upkeep.scrub("true".equals(exchange.query().first("remove")));
        log.accept("scrub: " + scrubbed);
        JsonWriter json = new JsonWriter();
        json.number("blobs", scrubbed.blobs());
        json.number("bytes", scrubbed.bytes());
        json.strings(
                "damaged", scrubbed.damaged().stream().map(Digest::toString).toList());
        exchange.send(200, Exchange.JSON, json.finish());
    }

    private void mirrors(Exchange exchange) throws IOException {
        switch (exchange.method()) {
            case "GET" -> {
                JsonWriter json = new JsonWriter();
                json.object("mirrors");
                mirrors.rows().forEach(json::string);
                json.end();
                exchange.send(200, Exchange.JSON, json.finish());
            }
            case "PUT" -> {
                JsonObject body = OrganisationApi.body(exchange);
                mirrors.put(OrganisationApi.text(body, "from"), OrganisationApi.text(body, "to"));
                exchange.empty(204);
            }
            case "DELETE" -> {
                String from = exchange.query().first("from");
                if (from == null || !mirrors.remove(from)) {
                    throw new DistributionException(Code.NOT_FOUND, "there is no such row");
                }
                exchange.empty(204);
            }
            default -> throw Digests.unsupported(exchange);
        }
    }
}
