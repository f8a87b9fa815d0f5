package dev.cairn.registry.http;

import dev.cairn.digest.Digest;
import dev.cairn.oci.JsonObject;
import dev.cairn.oci.JsonWriter;
import dev.cairn.oci.OciException;
import dev.cairn.registry.Action;
import dev.cairn.registry.DistributionException;
import dev.cairn.registry.DistributionException.Code;
import dev.cairn.registry.Manifests;
import dev.cairn.registry.Repositories;
import dev.cairn.registry.RepositoryName;
import dev.cairn.registry.Subject;
import dev.cairn.registry.Tags;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tags with what they name and named, and who sees a repository.
///
/// - `GET /api/v1/tags?repository=NAME`: each tag with its digest and the time since when
/// - `GET /api/v1/history?repository=NAME[&tag=TAG]`: the moves of tags, newest first
/// - `PUT /api/v1/visibility` `{"repository", "public"}`
final class TagApi {
    private static final int PAGE = 1000;

    private final Gate gate;
    private final Manifests manifests;
    private final Repositories repositories;

    TagApi(Gate gate, Manifests manifests, Repositories repositories) {
        this.gate = gate;
        this.manifests = manifests;
        this.repositories = repositories;
    }

    void handle(Exchange exchange, List<String> words) throws IOException {
        if (words.size() != 1) {
            throw ApiEndpoint.nothing(String.join("/", words));
        }
        String what = words.getFirst();
        if (what.equals("visibility") && exchange.method().equals("PUT")) {
            visibility(exchange);
        } else if (what.equals("tags") && exchange.method().equals("GET")) {
            tags(exchange);
        } else if (what.equals("history") && exchange.method().equals("GET")) {
            history(exchange);
        } else {
            throw Digests.unsupported(exchange);
        }
    }

    private static String required(Exchange exchange, String name) {
        String value = exchange.query().first(name);
        if (value == null) {
            throw new DistributionException(Code.BAD_REQUEST, "the parameter " + name + " is missing");
        }
        return value;
    }

    private void tags(Exchange exchange) {
        String repository = required(exchange, "repository");
        Gate.Passed passed = gate.read(exchange, repository, Action.LIST);
        int count = Math.max(1, exchange.query().count("n", PAGE));
        String last = exchange.query().first("last");
        List<Manifests.Tag> found = manifests.currentTags(passed.repository(), last, count + 1);
        boolean more = found.size() > count;
        JsonWriter json = new JsonWriter();
        json.string("repository", repository);
        json.array("tags");
        for (Manifests.Tag tag : more ? found.subList(0, count) : found) {
            json.object();
            json.string("tag", tag.tag());
            json.string("digest", tag.digest().toString());
            json.string("since", tag.at().toString());
            json.bool("immutable", Tags.isImmutable(tag.tag()));
            json.end();
        }
        json.endArray();
        if (more) {
            String address = "/api/v1/tags?repository=" + repository + "&n=" + count;
            exchange.put("Link", TagEndpoint.next(address, found.get(count - 1).tag()));
        }
        exchange.send(200, Exchange.JSON, json.finish());
    }

    private void history(Exchange exchange) {
        String repository = required(exchange, "repository");
        Gate.Passed passed = gate.read(exchange, repository, Action.LIST);
        String tag = exchange.query().first("tag");
        JsonWriter json = new JsonWriter();
        json.string("repository", repository);
        json.array("moves");
        for (Manifests.TagMove move : manifests.history(
                passed.repository(),
                tag == null ? null : Tags.checked(tag),
                exchange.query().count("n", PAGE))) {
            json.object();
            json.string("tag", move.tag());
            json.optionalString("digest", text(move.digest()));
            json.string("at", move.at().toString());
            json.string("by", move.by());
            json.end();
        }
        json.endArray();
        exchange.send(200, Exchange.JSON, json.finish());
    }

    private static @Nullable String text(@Nullable Digest digest) {
        return digest == null ? null : digest.toString();
    }

    private void visibility(Exchange exchange) throws IOException {
        Subject.Account account = gate.account(exchange);
        JsonObject body = OrganisationApi.body(exchange);
        RepositoryName name = new RepositoryName(OrganisationApi.text(body, "repository"));
        ApiEndpoint.requireManager(account, name.organisation());
        boolean isPublic;
        try {
            isPublic = body.bool("public");
        } catch (OciException e) {
            throw new DistributionException(Code.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
        if (!repositories.setPublic(name, isPublic)) {
            throw new DistributionException(Code.NAME_UNKNOWN, "there is no repository '" + name + "'");
        }
        exchange.empty(204);
    }
}
