package dev.cairn.registry;

import dev.cairn.digest.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Finds out who makes a request, from its `Authorization` header: Basic with a password or a token, or Bearer.
///
/// What was verified is remembered for a minute, and forgotten as soon as any account or token changes: a simple client
/// that sends its password with every request costs one hash in a minute.
public final class Authenticator {
    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final int MOST = 10_000;

    private final Accounts accounts;
    private final Passwords passwords;
    private final TokenIssuer issuer;
    private final InstantSource clock;
    private final byte[] salt = new byte[16];
    /// What an unknown name's password is held against; made when the first one comes, since it takes its time.
    private @Nullable String nobodysHash;
    private final Map<String, Verified> verified = new ConcurrentHashMap<>();

    private record Verified(Subject subject, long untilMillis, long epoch) {}

    /// An authenticator.
    public Authenticator(
            Accounts accounts, Passwords passwords, TokenIssuer issuer, SecureRandom random, InstantSource clock) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.issuer = issuer;
        this.clock = clock;
        random.nextBytes(salt);
    }

    /// Who it is.
    ///
    /// @throws DistributionException `UNAUTHORIZED` where the header is there and does not hold
    public Subject authenticate(@Nullable String header) {
        if (header == null) {
            return new Subject.Anonymous();
        }
        // the header as it is, since this is on the way of each request
        Verified known = verified.get(header);
        if (known != null && clock.millis() < known.untilMillis()) {
            return known.subject();
        }
        int space = header.indexOf(' ');
        String scheme = space < 0 ? header : header.substring(0, space);
        String value = space < 0 ? "" : header.substring(space + 1).strip();
        if (scheme.equalsIgnoreCase("bearer")) {
            return value.startsWith("cairn_") ? remembered(value, () -> token(value)) : bearer(header, value);
        }
        if (scheme.equalsIgnoreCase("basic")) {
            return remembered(value, () -> basic(value));
        }
        throw wrong();
    }

    private Subject bearer(String header, String token) {
        TokenIssuer.Checked checked = issuer.check(token).orElseThrow(Authenticator::wrong);
        remember(header, new Verified(checked.bearer(), checked.expires().toEpochMilli(), 0));
        return checked.bearer();
    }

    private interface Check {
        Expiring get();
    }

    private record Expiring(Subject subject, @Nullable Instant expires) {}

    private Subject remembered(String secret, Check check) {
        MessageDigest hash = Digest.Algorithm.SHA256.newHash();
        hash.update(salt);
        String key = Base64.getEncoder().encodeToString(hash.digest(secret.getBytes(StandardCharsets.UTF_8)));
        long epoch = accounts.epoch();
        long now = clock.millis();
        Verified known = verified.get(key);
        if (known != null && known.epoch() == epoch && now < known.untilMillis()) {
            return known.subject();
        }
        Expiring found = check.get();
        Instant expires = found.expires();
        long until = now + REMEMBERED.toMillis();
        remember(
                key,
                new Verified(
                        found.subject(), expires == null ? until : Math.min(until, expires.toEpochMilli()), epoch));
        return found.subject();
    }

    private void remember(String key, Verified value) {
        if (verified.size() >= MOST) {
            verified.clear();
        }
        verified.put(key, value);
    }

    private Expiring basic(String value) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw wrong();
        }
        int colon = pair.indexOf(':');
        if (colon < 0) {
            throw wrong();
        }
        return login(pair.substring(0, colon), pair.substring(colon + 1));
    }

    /// Who logs in with this name and this password or token.
    public Subject password(String name, String password) {
        String basic = Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
        return remembered(basic, () -> login(name, password));
    }

    private Expiring login(String name, String password) {
        if (TokenSecret.parse(password).isPresent()) {
            return token(password);
        }
        Optional<String> kept = accounts.passwordHash(name);
        // an unknown name takes as long as a wrong password
        boolean right = passwords.matches(password, kept.orElseGet(this::nobodysHash)) && kept.isPresent();
        if (!right) {
            throw wrong();
        }
        return new Expiring(accounts.account(name).orElseThrow(Authenticator::wrong), null);
    }

    private synchronized String nobodysHash() {
        String known = nobodysHash;
        if (known == null) {
            known = passwords.hash(Base64.getEncoder().encodeToString(salt));
            nobodysHash = known;
        }
        return known;
    }

    private Expiring token(String text) {
        TokenSecret secret = TokenSecret.parse(text).orElseThrow(Authenticator::wrong);
        Accounts.Secret kept = accounts.token(secret.id()).orElseThrow(Authenticator::wrong);
        Instant expires = kept.token().expires();
        boolean expired = expires != null && !clock.instant().isBefore(expires);
        if (!MessageDigest.isEqual(kept.hash(), secret.hash()) || expired) {
            throw wrong();
        }
        Subject.Account account = accounts.account(kept.token().account()).orElseThrow(Authenticator::wrong);
        return new Expiring(
                new Subject.Account(
                        account.id(),
                        account.name(),
                        account.administrator(),
                        account.roles(),
                        kept.token().scopes()),
                expires);
    }

    private static DistributionException wrong() {
        return new DistributionException(
                DistributionException.Code.UNAUTHORIZED, "the name, password or token is not right, or has expired");
    }
}
