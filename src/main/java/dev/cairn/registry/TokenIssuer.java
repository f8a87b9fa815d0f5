package dev.cairn.registry;

import dev.cairn.digest.Digest;
import dev.cairn.oci.JsonObject;
import dev.cairn.oci.JsonWriter;
import dev.cairn.oci.OciException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/// Issues and checks the bearer tokens of the token flow: JSON Web Tokens signed with ES256 (RFC 7519, RFC 7518), with
/// the `access` claim that registries use. They live for five minutes, so that what was granted is soon asked anew.
public final class TokenIssuer {
    /// How long a token is taken.
    public static final Duration LIFETIME = Duration.ofMinutes(5);

    private static final String ALGORITHM = "SHA256withECDSAinP1363Format";
    private static final int LONGEST = 16 << 10;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final KeyPair key;
    private final String service;
    private final InstantSource clock;
    private final String header;
    private final String keyId;

    /// An issuer with a P-256 key.
    ///
    /// @param service whom the tokens are for: the registry's own name
    public TokenIssuer(KeyPair key, String service, InstantSource clock) {
        this.key = key;
        this.service = service;
        this.clock = clock;
        this.keyId = Digest.of(key.getPublic().getEncoded()).hex().substring(0, 16);
        JsonWriter json = new JsonWriter();
        json.string("alg", "ES256");
        json.string("typ", "JWT");
        json.string("kid", keyId);
        this.header = ENCODER.encodeToString(json.finish());
    }

    /// Whom the tokens are for.
    public String service() {
        return service;
    }

    /// A token that grants these scopes to this account.
    public String issue(String account, List<Scope> granted) {
        Instant now = clock.instant();
        JsonWriter json = new JsonWriter();
        json.string("iss", service);
        json.string("sub", account);
        json.string("aud", service);
        json.number("iat", now.getEpochSecond());
        json.number("nbf", now.getEpochSecond());
        json.number("exp", now.plus(LIFETIME).getEpochSecond());
        json.string("jti", UUID.randomUUID().toString());
        json.array("access");
        for (Scope scope : granted) {
            json.object();
            json.string("type", "repository");
            json.string("name", scope.repositories());
            json.strings("actions", scope.actions().stream().map(Action::id).toList());
            json.end();
        }
        json.endArray();
        String body = header + "." + ENCODER.encodeToString(json.finish());
        return body + "." + ENCODER.encodeToString(sign(body));
    }

    private byte[] sign(String body) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key.getPrivate());
            signature.update(body.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /// A token that was checked.
    ///
    /// @param bearer what it says
    /// @param expires until when it is taken
    public record Checked(Subject.Bearer bearer, Instant expires) {}

    /// What the token says, if it is ours and of now.
    public Optional<Checked> check(String token) {
        int last = token.lastIndexOf('.');
        // the header is ours to the letter: no other algorithm is ever looked at
        if (token.length() > LONGEST || !token.startsWith(header + ".") || last <= header.length()) {
            return Optional.empty();
        }
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key.getPublic());
            signature.update(token.substring(0, last).getBytes(StandardCharsets.US_ASCII));
            if (!signature.verify(Base64.getUrlDecoder().decode(token.substring(last + 1)))) {
                return Optional.empty();
            }
            return claims(Base64.getUrlDecoder().decode(token.substring(header.length() + 1, last)));
        } catch (GeneralSecurityException | IllegalArgumentException | OciException e) {
            return Optional.empty();
        }
    }

    private Optional<Checked> claims(byte[] json) {
        JsonObject claims = JsonObject.parse(json, "a token", LONGEST);
        Instant now = clock.instant();
        Instant expires = Instant.ofEpochSecond(claims.integer("exp"));
        // a clock may be set back a little
        boolean early = now.plusSeconds(60).isBefore(Instant.ofEpochSecond(claims.integer("nbf")));
        if (!service.equals(claims.string("aud")) || early || !now.isBefore(expires)) {
            return Optional.empty();
        }
        List<Scope> granted = new ArrayList<>();
        for (JsonObject access : claims.objects("access")) {
            Set<Action> actions = EnumSet.noneOf(Action.class);
            for (String action : access.strings("actions")) {
                Action.of(action).ifPresent(actions::add);
            }
            granted.add(new Scope(access.string("name"), actions));
        }
        return Optional.of(new Checked(new Subject.Bearer(claims.string("sub"), granted), expires));
    }

    /// The public key as a JSON Web Key Set (RFC 7517).
    public byte[] keySet() {
        ECPublicKey point = (ECPublicKey) key.getPublic();
        JsonWriter json = new JsonWriter();
        json.array("keys");
        json.object();
        json.string("kty", "EC");
        json.string("crv", "P-256");
        json.string("x", coordinate(point.getW().getAffineX().toByteArray()));
        json.string("y", coordinate(point.getW().getAffineY().toByteArray()));
        json.string("alg", "ES256");
        json.string("use", "sig");
        json.string("kid", keyId);
        json.end();
        json.endArray();
        return json.finish();
    }

    private static String coordinate(byte[] number) {
        byte[] fixed = new byte[32];
        int n = Math.min(number.length, 32);
        System.arraycopy(number, number.length - n, fixed, 32 - n, n);
        return ENCODER.encodeToString(fixed);
    }

    /// What of these requested scopes an account, or nobody in particular, is granted: never an error, only less.
    public static List<Scope> grant(Subject subject, List<Scope> wanted, Predicate<RepositoryName> isPublic) {
        List<Scope> granted = new ArrayList<>();
        for (Scope scope : wanted) {
            RepositoryName name = new RepositoryName(scope.repositories());
            boolean open = isPublic.test(name);
            EnumSet<Action> actions = EnumSet.noneOf(Action.class);
            for (Action action : scope.actions()) {
                if (Access.decide(subject, action, name, open)) {
                    actions.add(action);
                }
            }
            if (actions.contains(Action.DELETE) && Access.decide(subject, Action.MANAGE, name, open)) {
                actions.add(Action.MANAGE);
            }
            if (!actions.isEmpty()) {
                granted.add(new Scope(name.text(), actions));
            }
        }
        return granted;
    }
}
