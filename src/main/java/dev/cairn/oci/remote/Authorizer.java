package dev.cairn.oci.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.oci.Blob;
import dev.cairn.oci.JsonObject;
import dev.cairn.oci.OciException;
import dev.cairn.oci.remote.RegistryException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Answers a registry's challenges: basic authentication, or a token from the server that the registry names, by GET
/// (Docker's token authentication) or, with a refresh token, by POST (OAuth 2). Tokens are kept for each set of scopes
/// until the registry refuses them.
final class Authorizer {
    private static final int LONGEST_ANSWER = 1 << 20;

    private final Endpoint endpoint;
    private final Credentials credentials;
    private final Transport transport;
    private final Map<List<String>, String> headers = new ConcurrentHashMap<>();
    private volatile @Nullable Challenge challenge;

    Authorizer(Endpoint endpoint, Credentials credentials, Transport transport) {
        this.endpoint = endpoint;
        this.credentials = credentials;
        this.transport = transport;
    }

    /// What has worked for these scopes before, or should, since the registry's challenge is known; null before that.
    @Nullable
    String header(List<String> scopes) throws IOException {
        String header = headers.get(scopes);
        Challenge known = challenge;
        return header == null && known != null ? answer(known, scopes, null) : header;
    }

    /// The header that answers this challenge; null where nothing is left to try.
    ///
    /// @param refused what was sent with the request that was refused
    @Nullable
    synchronized String answer(Challenge challenge, List<String> scopes, @Nullable String refused) throws IOException {
        String known = headers.get(scopes);
        if (known != null && !known.equals(refused)) {
            return known; // another thread was first
        }
        this.challenge = challenge;
        Credential credential = credentials.find(endpoint.registry(), repository(scopes));
        String header;
        if (challenge.bearer()) {
            header = "Bearer " + token(challenge, credential, scopes);
        } else if (credential instanceof Credential.Password password) {
            header = password.header();
        } else {
            return null;
        }
        if (header.equals(refused)) {
            return null;
        }
        headers.put(scopes, header);
        return header;
    }

    private static String repository(List<String> scopes) {
        if (scopes.isEmpty()) {
            return "";
        }
        String scope = scopes.getFirst();
        return scope.substring(scope.indexOf(':') + 1, scope.lastIndexOf(':'));
    }

    private String token(Challenge challenge, Credential credential, List<String> scopes) throws IOException {
        URI realm = realm(challenge);
        List<String> wanted = new ArrayList<>(new TreeSet<>(scopes));
        if (wanted.isEmpty() && !challenge.parameter("scope").isEmpty()) {
            wanted.add(challenge.parameter("scope"));
        }
        Call get = Call.of("GET", withQuery(realm, query(challenge, wanted)), List.of());
        HttpResponse<InputStream> response = switch (credential) {
            case Credential.Anonymous anonymous -> transport.once(get, null);
            case Credential.IdentityToken token ->
                transport.once(post(realm, challenge, wanted, "refresh_token", "refresh_token", token.token()), null);
            case Credential.Password password -> byPassword(get, realm, challenge, wanted, password);
        };
        if (response.statusCode() != 200) {
            throw transport.refusal(get, response);
        }
        try (InputStream body = response.body()) {
            return token(body.readNBytes(LONGEST_ANSWER));
        }
    }

    private HttpResponse<InputStream> byPassword(
            Call get, URI realm, Challenge challenge, List<String> scopes, Credential.Password password)
            throws IOException {
        HttpResponse<InputStream> response = transport.once(get, password.header());
        if (response.statusCode() != 404 && response.statusCode() != 405) {
            return response;
        }
        response.body().close();
        Call post = post(realm, challenge, scopes, "password", "password", password.password(), password.user());
        return transport.once(post, null);
    }

    private URI realm(Challenge challenge) {
        URI realm = endpoint.follow(endpoint.base(), challenge.parameter("realm"));
        if ("http".equals(realm.getScheme())
                && !Endpoint.isLoopback(realm)
                && !Endpoint.sameHost(realm, endpoint.base())) {
            throw new RegistryException(
                    Code.BAD_ANSWER,
                    endpoint.registry() + ": wants credentials sent without TLS to " + realm.getAuthority());
        }
        return realm;
    }

    private static String query(Challenge challenge, List<String> scopes) {
        StringBuilder query = new StringBuilder("service=").append(encoded(challenge.parameter("service")));
        for (String scope : scopes) {
            query.append("&scope=").append(encoded(scope));
        }
        return query.toString();
    }

    private static URI withQuery(URI realm, String query) {
        String before = realm.getRawQuery() == null ? "" : realm.getRawQuery() + "&";
        return realm.resolve(realm.getRawPath() + "?" + before + query);
    }

    private static Call post(
            URI realm, Challenge challenge, List<String> scopes, String grant, String secretName, String... secrets) {
        String form = "grant_type=" + grant + "&client_id=cairn&service=" + encoded(challenge.parameter("service"))
                + "&scope=" + encoded(String.join(" ", scopes)) + "&" + secretName + "=" + encoded(secrets[0])
                + (secrets.length > 1 ? "&username=" + encoded(secrets[1]) : "");
        Blob body = Blob.of(form.getBytes(UTF_8), "application/x-www-form-urlencoded");
        return Call.of("POST", realm, List.of())
                .withBody(body, 0, body.size(), bytes -> {})
                .withHeader("Content-Type", "application/x-www-form-urlencoded");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private String token(byte[] answer) {
        String token;
        try {
            JsonObject json = JsonObject.parse(answer, "token", LONGEST_ANSWER);
            String first = json.optionalString("token");
            token = first != null && !first.isEmpty() ? first : json.string("access_token");
        } catch (OciException e) {
            // The parser's message might quote the token.
            throw new RegistryException(Code.BAD_ANSWER, endpoint.registry() + ": its token server gave no token");
        }
        for (int i = 0; i < token.length(); i++) {
            if (token.charAt(i) <= ' ' || token.charAt(i) > '~') {
                throw new RegistryException(
                        Code.BAD_ANSWER, endpoint.registry() + ": its token server gave a token that no header holds");
            }
        }
        return token;
    }
}
