package dev.cairn.registry.http;

import dev.cairn.digest.Digest;
import dev.cairn.oci.MediaType;
import dev.cairn.registry.Access;
import dev.cairn.registry.Action;
import dev.cairn.registry.Manifests;
import dev.cairn.registry.Manifests.Referrer;
import dev.cairn.registry.Repositories;
import dev.cairn.registry.Repository;
import dev.cairn.registry.RepositoryName;
import dev.cairn.registry.Subject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `/v2/<name>/referrers/<digest>`: the manifests whose subject is this digest, as an index, never 404 to who may read.
///
/// Every manifest with a subject is listed from its push on, so those that an older client has put under the fallback
/// tag `sha256-…` too are listed without a look at that tag.
final class ReferrerEndpoint {
    private static final int PAGE = 1000;
    /// The answer is an index, which clients read up to 4 MiB.
    private static final int PAGE_LENGTH = 3 << 20;

    private final Gate gate;
    private final Manifests manifests;
    private final Repositories repositories;

    ReferrerEndpoint(Gate gate, Manifests manifests, Repositories repositories) {
        this.gate = gate;
        this.manifests = manifests;
        this.repositories = repositories;
    }

    void handle(Exchange exchange, Route.OfReferrers route) {
        if (!exchange.method().equals("GET") && !exchange.isHead()) {
            throw Digests.unsupported(exchange);
        }
        RepositoryName name = new RepositoryName(route.repository());
        Subject subject = gate.subject(exchange, name + ":pull");
        Optional<Repository> repository = repositories.find(name);
        boolean isPublic = repository.isPresent() && repository.get().isPublic();
        if (!Access.decide(subject, Action.PULL, name, isPublic)) {
            throw gate.refusal(exchange, subject, name + ":pull");
        }
        Digest digest = Digests.parse(route.digest());
        String type = exchange.query().first("artifactType");
        if (type != null) {
            exchange.put("OCI-Filters-Applied", "artifactType");
        }
        String last = exchange.query().first("last");
        int count = Math.max(1, exchange.query().count("n", PAGE));
        List<Referrer> found = repository.isEmpty()
                ? List.of()
                : manifests.referrers(
                        repository.get(), digest, filter(type), last == null ? null : Digests.parse(last), count + 1);
        exchange.send(200, MediaType.INDEX, index(exchange, route, found, count, type));
    }

    /// An empty filter is a filter that lets everything through.
    private static @Nullable String filter(@Nullable String type) {
        return type == null || type.isEmpty() ? null : type;
    }

    private static byte[] index(
            Exchange exchange, Route.OfReferrers route, List<Referrer> found, int count, @Nullable String type) {
        StringBuilder json =
                new StringBuilder("{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.INDEX + "\",\"manifests\":[");
        for (int i = 0; i < found.size(); i++) {
            if (i == count || (i > 0 && json.length() > PAGE_LENGTH)) {
                String address = "/v2/" + route.repository() + "/referrers/" + route.digest() + "?n=" + count
                        + (type == null ? "" : "&artifactType=" + URLEncoder.encode(type, StandardCharsets.UTF_8));
                exchange.put(
                        "Link",
                        TagEndpoint.next(address, found.get(i - 1).digest().toString()));
                break;
            }
            json.append(i == 0 ? "" : ",").append(found.get(i).descriptor());
        }
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }
}
