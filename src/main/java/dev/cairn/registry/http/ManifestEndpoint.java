package dev.cairn.registry.http;

import dev.cairn.digest.Digest;
import dev.cairn.oci.Manifest;
import dev.cairn.registry.Access;
import dev.cairn.registry.Action;
import dev.cairn.registry.DistributionException;
import dev.cairn.registry.ManifestFacts;
import dev.cairn.registry.Manifests;
import dev.cairn.registry.Repository;
import dev.cairn.registry.StoredManifest;
import dev.cairn.registry.Tags;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;

/// `/v2/<name>/manifests/<tag-or-digest>`: GET, HEAD, PUT and DELETE.
final class ManifestEndpoint {
    /// How many tags one push may set.
    private static final int MOST_TAGS = 100;

    private final Gate gate;
    private final Manifests manifests;
    private final Mirror mirror;

    ManifestEndpoint(Gate gate, Manifests manifests, Mirror mirror) {
        this.gate = gate;
        this.manifests = manifests;
        this.mirror = mirror;
    }

    void handle(Exchange exchange, Route.OfManifest route) throws IOException {
        switch (exchange.method()) {
            case "GET", "HEAD" -> get(exchange, route);
            case "PUT" -> put(exchange, route);
            case "DELETE" -> delete(exchange, route);
            default -> throw Digests.unsupported(exchange);
        }
    }

    private static boolean isDigest(String reference) {
        return reference.indexOf(':') >= 0;
    }

    private void get(Exchange exchange, Route.OfManifest route) {
        Gate.Passed passed = gate.read(exchange, mirror.source(route.repository()), Action.PULL);
        Optional<StoredManifest> found = isDigest(route.reference())
                ? manifests.find(passed.repository(), Digests.parse(route.reference()))
                : manifests.find(passed.repository(), Tags.checked(route.reference()));
        mirror.answered(route, passed.repository(), found.isPresent());
        StoredManifest manifest = found.orElseThrow(() -> unknown(route));
        exchange.digest(manifest.digest());
        if (!exchange.isNotModified("\"" + manifest.digest() + "\"")) {
            exchange.send(200, manifest.mediaType(), manifest.bytes());
        }
    }

    private void put(Exchange exchange, Route.OfManifest route) throws IOException {
        Gate.Passed passed = gate.push(exchange, route.repository());
        boolean byDigest = isDigest(route.reference());
        Digest.Algorithm algorithm = byDigest ? Digests.parse(route.reference()).algorithm() : Digest.Algorithm.SHA256;
        List<String> tags = tags(exchange, route, byDigest);
        byte[] bytes = exchange.body(Manifest.LONGEST);
        Digest digest = Digest.of(algorithm, bytes);
        if (byDigest && !digest.toString().equals(route.reference())) {
            throw new DistributionException(
                    DistributionException.Code.DIGEST_INVALID,
                    "the manifest's digest is " + digest + ", not " + route.reference());
        }
        ManifestFacts facts = ManifestFacts.read(bytes, exchange.header(HttpHeader.CONTENT_TYPE));
        Manifests.Push push = new Manifests.Push(
                new StoredManifest(digest, facts.mediaType(), bytes),
                facts,
                tags,
                passed.subject().name());
        switch (manifests.put(passed.repository(), push)) {
            case Manifests.Outcome.Kept _ -> kept(exchange, passed.repository(), digest, facts, byDigest, tags);
            case Manifests.Outcome.Missing(List<Digest> missing) -> throw missing(missing);
            case Manifests.Outcome.Immutable(String tag) ->
                throw new DistributionException(
                        DistributionException.Code.TAG_IMMUTABLE,
                        "the tag " + tag + " names another manifest, and a tag with a time never moves");
        }
    }

    private static List<String> tags(Exchange exchange, Route.OfManifest route, boolean byDigest) {
        if (!byDigest) {
            return List.of(Tags.checked(route.reference()));
        }
        List<String> tags = new ArrayList<>();
        for (String tag : exchange.query().all("tag")) {
            tags.add(Tags.checked(tag));
        }
        if (tags.size() > MOST_TAGS) {
            throw new DistributionException(
                    DistributionException.Code.BAD_REQUEST, "at most " + MOST_TAGS + " tags are set at once");
        }
        return tags;
    }

    private static void kept(
            Exchange exchange,
            Repository repository,
            Digest digest,
            ManifestFacts facts,
            boolean byDigest,
            List<String> tags) {
        Digest subject = facts.subject();
        if (subject != null) {
            exchange.put("OCI-Subject", subject.toString());
        }
        if (byDigest) {
            tags.forEach(tag -> exchange.add("OCI-Tag", tag));
        }
        exchange.digest(digest)
                .put(HttpHeader.LOCATION, "/v2/" + repository.name() + "/manifests/" + digest)
                .empty(201);
    }

    private static DistributionException missing(List<Digest> missing) {
        StringBuilder message = new StringBuilder("this repository has not all blobs of the manifest; missing:");
        for (Digest blob : missing.subList(0, Math.min(missing.size(), 10))) {
            message.append(' ').append(blob);
        }
        return new DistributionException(
                DistributionException.Code.MANIFEST_BLOB_UNKNOWN,
                message.append(missing.size() > 10 ? " …" : "").toString());
    }

    private void delete(Exchange exchange, Route.OfManifest route) {
        Gate.Passed passed = gate.delete(exchange, route.repository());
        String by = passed.subject().name();
        boolean there;
        if (isDigest(route.reference())) {
            there = manifests.delete(passed.repository(), Digests.parse(route.reference()), by);
        } else {
            requireOwner(passed, Tags.checked(route.reference()));
            there = manifests.deleteTag(passed.repository(), route.reference(), by);
        }
        if (!there) {
            throw unknown(route);
        }
        exchange.empty(202);
    }

    /// A unique tag is somebody's record of what was built: only who manages the organisation takes it away.
    private static void requireOwner(Gate.Passed passed, String tag) {
        if (Tags.isImmutable(tag)
                && !Access.decide(
                        passed.subject(), Action.MANAGE, passed.repository().name(), false)) {
            throw new DistributionException(
                    DistributionException.Code.DENIED,
                    "only an owner of " + passed.repository().name().organisation() + " deletes a unique tag");
        }
    }

    private static DistributionException unknown(Route.OfManifest route) {
        return new DistributionException(
                DistributionException.Code.MANIFEST_UNKNOWN,
                "this repository has no " + (isDigest(route.reference()) ? "manifest " : "tag ") + route.reference());
    }
}
