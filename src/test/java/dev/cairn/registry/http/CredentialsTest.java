package dev.cairn.registry.http;

import static dev.cairn.testing.TestRegistry.manifests;
import static dev.cairn.testing.TestRegistry.uploads;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.digest.Digest;
import dev.cairn.server.ServerOptions;
import dev.cairn.testing.TestRegistry;
import dev.cairn.testing.TestRegistry.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tokens, passwords and challenges: who one is, how one proves it, and for how long.
class CredentialsTest {
    @TempDir
    private static Path data;

    private static TestRegistry registry;
    private static final Map<String, String> TOKENS = new LinkedHashMap<>();
    private static Digest blob;
    private static Digest image;

    @BeforeAll
    static void start() throws IOException {
        registry = TestRegistry.start(data.resolve("registry"));
        registry.organisation("other");
        for (String role : List.of("viewer", "puller", "editor", "owner")) {
            TOKENS.put(role, registry.robot("org", role, role));
        }
        for (String organisation : List.of("org", "other")) {
            image = registry.image(organisation + "/private", "tag", "access");
            registry.image(organisation + "/public", "tag", "access");
            registry.makePublic(organisation + "/public");
        }
        blob = Digest.of("layer access".getBytes(UTF_8));
    }

    @AfterAll
    static void stop() throws IOException {
        registry.close();
    }

    @Test
    void aChallengeNamesRealmServiceAndScope() {
        Answer answer =
                registry.get(manifests("org/private", "tag")).anonymously().expect(401);
        assertThat(answer.header("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"http://" + registry.host()
                        + "/token\",service=\"cairn\",scope=\"repository:org/private:pull\"");
        assertThat(answer.code()).isEqualTo("UNAUTHORIZED");
    }

    @Test
    void aChallengeBehindAProxyNamesTheProxy(@TempDir Path folder) throws IOException {
        ServerOptions options = ServerOptions.loopback(folder.resolve("proxied"));
        try (TestRegistry proxied = TestRegistry.start(options.withExternal("https://images.example/"))) {
            assertThat(proxied.get("/v2/").anonymously().expect(401).header("WWW-Authenticate"))
                    .startsWith("Bearer realm=\"https://images.example/token\",");
            // what is relative stays so, whatever the client called the server
            assertThat(proxied.upload("org/app")).startsWith("/v2/org/app/blobs/uploads/");
        }
        for (String bad :
                List.of("images.example", "ftp://images.example", "https://images.example/path", "https://u:p@x")) {
            assertThatThrownBy(() -> options.withExternal(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static String token(String query, String role) {
        TestRegistry.Ask ask = registry.get("/token?service=cairn&" + query);
        return (role == null ? ask.anonymously() : ask.as("org/" + role, TOKENS.get(role)))
                .expect(200)
                .json()
                .string("token");
    }

    @Test
    void theTokenFlowGrantsWhatMayBeGrantedAndNoMore() {
        String both = token("scope=repository:org/private:pull,push&scope=repository:other/private:pull", "editor");
        registry.get(manifests("org/private", "tag")).bearer(both).expect(200);
        registry.ask("POST", uploads("org/private")).bearer(both).expect(202);
        registry.get(manifests("other/private", "tag")).bearer(both).expect(401);
        String pull = token("scope=repository:org/private:pull,push,delete", "puller");
        registry.get(manifests("org/private", "tag")).bearer(pull).expect(200);
        Answer refused =
                registry.ask("POST", uploads("org/private")).bearer(pull).expect(401);
        assertThat(refused.header("WWW-Authenticate")).contains("error=\"insufficient_scope\"");
        String view = token("scope=repository:org/private:pull", "viewer");
        registry.get("/v2/org/private/tags/list").bearer(view).expect(200);
        registry.get(manifests("org/private", "tag")).bearer(view).expect(401);
        String anonymous = token("scope=repository:other/public:pull", null);
        registry.get("/v2/").bearer(anonymous).expect(200);
        registry.get(manifests("other/public", "tag")).bearer(anonymous).expect(200);
        registry.get(manifests("other/private", "tag")).bearer(anonymous).expect(401);
    }

    @Test
    void aTokenIsHadByAnOauthPostToo() {
        String form = "grant_type=password&service=cairn&client_id=test&username=org%2Fpuller&password="
                + TOKENS.get("puller") + "&scope=repository%3Aorg%2Fprivate%3Apull";
        String token = registry.ask("POST", "/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(form)
                .anonymously()
                .expect(200)
                .json()
                .string("access_token");
        registry.get(manifests("org/private", "tag")).bearer(token).expect(200);
        registry.ask("POST", "/token")
                .body("grant_type=refresh_token&refresh_token=" + TOKENS.get("puller"))
                .anonymously()
                .expect(200);
        registry.ask("POST", "/token").body("grant_type=nonsense").anonymously().expect(400);
    }

    @Test
    void wrongCredentialsAreRefusedEverywhere() {
        registry.get("/v2/").as("org/puller", "wrong").expect(401);
        registry.get("/token").as("nobody", "wrong").expect(401);
        registry.get("/v2/").bearer("a.b.c").expect(401);
        String token = token("scope=repository:org/private:pull", "puller");
        String forged = token.substring(0, token.length() - 4) + (token.endsWith("AAAA") ? "BBBB" : "AAAA");
        registry.get("/v2/").bearer(forged).expect(401);
        // "none" as the algorithm
        String none = "eyJhbGciOiJub25lIn0" + token.substring(token.indexOf('.'), token.lastIndexOf('.') + 1);
        registry.get("/v2/").bearer(none).expect(401);
        // also where nobody need log in
        registry.get(manifests("other/public", "tag")).as("org/puller", "wrong").expect(401);
    }

    @Test
    void aRevokedTokenAndALostRoleCountAtOnce() {
        String token = registry.robot("org", "short-lived", "puller");
        registry.get(manifests("org/private", "tag"))
                .as("org/short-lived", token)
                .expect(200);
        registry.ask("DELETE", "/api/v1/organisations/org/members/org/short-lived")
                .expect(204);
        registry.get(manifests("org/private", "tag"))
                .as("org/short-lived", token)
                .expect(403);
        String id = token.split("_", -1)[1];
        registry.ask("DELETE", "/api/v1/tokens/" + id).expect(204);
        registry.get("/v2/").as("org/short-lived", token).expect(401);
    }

    @Test
    void aTokenOfScopesIsLimitedToThem() {
        String token = registry.token("org/editor", "org/scoped:pull,push");
        registry.ask("POST", uploads("org/scoped")).as("org/editor", token).expect(202);
        registry.ask("POST", uploads("org/private")).as("org/editor", token).expect(403);
        registry.get(manifests("org/private", "tag")).as("org/editor", token).expect(403);
        registry.ask("POST", "/api/v1/tokens")
                .body("{}")
                .as("org/editor", token)
                .expect(403);
    }

    @Test
    void tokensExpire(@TempDir Path folder) throws IOException {
        try (TestRegistry own = TestRegistry.start(folder.resolve("registry"))) {
            own.image("org/app", "tag", "expiry");
            String robot = own.robot("org", "robot", "puller");
            String bearer = own.get("/token?scope=repository:org/app:pull")
                    .as("org/robot", robot)
                    .expect(200)
                    .json()
                    .string("token");
            own.get(manifests("org/app", "tag")).bearer(bearer).expect(200);
            own.clock().advance(Duration.ofMinutes(6));
            own.get(manifests("org/app", "tag")).bearer(bearer).expect(401);
            own.get(manifests("org/app", "tag")).as("org/robot", robot).expect(200);
            own.clock().advance(Duration.ofDays(91));
            own.get(manifests("org/app", "tag")).as("org/robot", robot).expect(401);
        }
    }

    @Test
    void usersLogInWithPasswords() {
        registry.ask("POST", "/api/v1/users")
                .body("{\"name\":\"ada\",\"password\":\"correct horse\"}")
                .expect(201);
        registry.ask("PUT", "/api/v1/organisations/org/members/ada")
                .body("{\"role\":\"puller\"}")
                .expect(204);
        registry.get(manifests("org/private", "tag")).as("ada", "correct horse").expect(200);
        registry.get(manifests("org/private", "tag")).as("ada", "wrong horse").expect(401);
        registry.ask("PUT", "/api/v1/users/ada/password")
                .body("{\"password\":\"another horse\"}")
                .as("ada", "correct horse")
                .expect(204);
        registry.get(manifests("org/private", "tag")).as("ada", "correct horse").expect(401);
        registry.get(manifests("org/private", "tag")).as("ada", "another horse").expect(200);
        registry.ask("POST", "/api/v1/users")
                .body("{\"name\":\"bob\",\"password\":\"short\"}")
                .expect(400);
    }

    @Test
    void aForeignRobotIsNoMember() {
        registry.ask("PUT", "/api/v1/organisations/other/members/org/owner")
                .body("{\"role\":\"owner\"}")
                .expect(400);
    }

    @Test
    void theFirstOwnersTokenIsTheirsAlone() throws IOException {
        Path file = registry.data().resolve("owner-token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(registry.data().resolve("token-key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void nothingSecretIsLogged(@TempDir Path folder) throws IOException {
        TestRegistry own = TestRegistry.start(folder.resolve("registry"));
        own.get("/v2/").as("ada", "a-wrong-password-of-mine").expect(401);
        String robot = own.robot("org", "robot", "puller");
        String bearer = own.get("/token?scope=repository:org/app:pull")
                .as("org/robot", robot)
                .expect(200)
                .json()
                .string("token");
        own.get(manifests("org/app", "tag") + "?token=" + bearer).bearer(bearer).expect(404);
        own.close();
        assertThat(own.log.toString(UTF_8))
                .contains("\"path\":\"/v2/org/app/manifests/tag\"")
                .contains("\"subject\":\"org/robot\"")
                .doesNotContain("a-wrong-password-of-mine")
                .doesNotContain(bearer)
                .doesNotContain(robot)
                .doesNotContain(own.ownerToken());
    }
}
