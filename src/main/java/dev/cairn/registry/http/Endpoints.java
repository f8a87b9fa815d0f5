package dev.cairn.registry.http;

import dev.cairn.registry.Accounts;
import dev.cairn.registry.Authenticator;
import dev.cairn.registry.Blobs;
import dev.cairn.registry.DistributionException;
import dev.cairn.registry.Manifests;
import dev.cairn.registry.Mirrors;
import dev.cairn.registry.Passwords;
import dev.cairn.registry.Repositories;
import dev.cairn.registry.Subject;
import dev.cairn.registry.TokenIssuer;
import dev.cairn.registry.Upkeep;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// All that answers requests.
public final class Endpoints {
    private final Gate gate;
    private final BlobEndpoint blobs;
    private final UploadEndpoint uploads;
    private final ManifestEndpoint manifests;
    private final TagEndpoint tags;
    private final ReferrerEndpoint referrers;
    private final CatalogEndpoint catalog;
    private final TokenEndpoint tokens;
    private final ApiEndpoint api;

    /// What the endpoints work with.
    ///
    /// @param log takes events that somebody should know of
    public record Rooms(
            Repositories repositories,
            Manifests manifests,
            Blobs blobs,
            Accounts accounts,
            Mirrors mirrors,
            Upkeep upkeep,
            Authenticator authenticator,
            Passwords passwords,
            TokenIssuer issuer,
            SecureRandom random,
            InstantSource clock,
            Consumer<String> log) {}

    /// Endpoints over these.
    ///
    /// @param external how clients reach the server; null: as the request says
    public Endpoints(Rooms rooms, Limits limits, @Nullable String external) {
        gate = new Gate(rooms.authenticator(), rooms.repositories(), rooms.issuer(), external);
        Mirror mirror = new Mirror(rooms.mirrors(), rooms.log());
        blobs = new BlobEndpoint(gate, rooms.blobs(), mirror);
        uploads = new UploadEndpoint(gate, rooms.blobs(), limits);
        manifests = new ManifestEndpoint(gate, rooms.manifests(), mirror);
        tags = new TagEndpoint(gate, rooms.manifests());
        referrers = new ReferrerEndpoint(gate, rooms.manifests(), rooms.repositories());
        catalog = new CatalogEndpoint(gate, rooms.repositories(), rooms.accounts());
        tokens = new TokenEndpoint(rooms.authenticator(), rooms.repositories(), rooms.issuer(), rooms.clock());
        api = new ApiEndpoint(gate, rooms);
    }

    /// `/v2/`: whether this is a registry, and whether the client's credentials hold. Nobody is let in without any, so
    /// that clients find the token server.
    void ping(Exchange exchange) {
        Subject subject = gate.subject(exchange, null);
        if (subject instanceof Subject.Anonymous) {
            throw gate.refusal(exchange, subject, null);
        }
        if (!exchange.method().equals("GET") && !exchange.isHead()) {
            throw new DistributionException(DistributionException.Code.UNSUPPORTED, "only GET here");
        }
        exchange.send(200, Exchange.JSON, "{}".getBytes(StandardCharsets.US_ASCII));
    }

    BlobEndpoint blobs() {
        return blobs;
    }

    UploadEndpoint uploads() {
        return uploads;
    }

    ManifestEndpoint manifests() {
        return manifests;
    }

    TagEndpoint tags() {
        return tags;
    }

    ReferrerEndpoint referrers() {
        return referrers;
    }

    CatalogEndpoint catalog() {
        return catalog;
    }

    TokenEndpoint tokens() {
        return tokens;
    }

    ApiEndpoint api() {
        return api;
    }
}
