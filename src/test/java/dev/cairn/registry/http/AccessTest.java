package dev.cairn.registry.http;

import static dev.cairn.testing.TestRegistry.MANIFEST;
import static dev.cairn.testing.TestRegistry.blobs;
import static dev.cairn.testing.TestRegistry.manifests;
import static dev.cairn.testing.TestRegistry.uploads;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.digest.Digest;
import dev.cairn.testing.TestRegistry;
import dev.cairn.testing.TestRegistry.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may do what: every endpoint, with every role, in one's own organisation, in a foreign one, and in one that is
/// not there.
class AccessTest {
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

    /// What of a repository is asked.
    private enum Kind {
        LIST(List.of("viewer", "puller", "editor", "owner")),
        PULL(List.of("puller", "editor", "owner")),
        PUSH(List.of("editor", "owner")),
        DELETE(List.of("editor", "owner"));

        private final List<String> allowed;

        Kind(List<String> allowed) {
            this.allowed = allowed;
        }
    }

    private record Endpoint(String method, String path, Kind kind) {}

    /// Every endpoint that is about a repository.
    private static List<Endpoint> endpoints(String repository) {
        String absent = "sha256:" + "0".repeat(64);
        return List.of(
                new Endpoint("GET", manifests(repository, "tag"), Kind.PULL),
                new Endpoint("HEAD", manifests(repository, "tag"), Kind.PULL),
                new Endpoint("GET", manifests(repository, image), Kind.PULL),
                new Endpoint("GET", manifests(repository, absent), Kind.PULL),
                new Endpoint("GET", blobs(repository, blob), Kind.PULL),
                new Endpoint("HEAD", blobs(repository, blob), Kind.PULL),
                new Endpoint("GET", blobs(repository, absent), Kind.PULL),
                new Endpoint("GET", "/v2/" + repository + "/tags/list", Kind.LIST),
                new Endpoint("GET", "/v2/" + repository + "/referrers/" + image, Kind.PULL),
                new Endpoint("GET", "/api/v1/tags?repository=" + repository, Kind.LIST),
                new Endpoint("GET", "/api/v1/history?repository=" + repository, Kind.LIST),
                new Endpoint("POST", uploads(repository), Kind.PUSH),
                new Endpoint("POST", uploads(repository) + "?mount=" + blob + "&from=other/private", Kind.PUSH),
                new Endpoint("GET", uploads(repository) + "00000000-0000-0000-0000-000000000000", Kind.PUSH),
                new Endpoint("PATCH", uploads(repository) + "00000000-0000-0000-0000-000000000000", Kind.PUSH),
                new Endpoint("PUT", manifests(repository, "new"), Kind.PUSH),
                new Endpoint("DELETE", manifests(repository, absent), Kind.DELETE),
                new Endpoint("DELETE", manifests(repository, "absent"), Kind.DELETE),
                new Endpoint("DELETE", blobs(repository, absent), Kind.DELETE));
    }

    private static Answer send(Endpoint endpoint, String role) {
        TestRegistry.Ask ask = registry.ask(endpoint.method(), endpoint.path());
        if (endpoint.method().equals("PUT")) {
            ask.header("Content-Type", MANIFEST).body("{}");
        }
        return (role == null ? ask.anonymously() : ask.as("org/" + role, TOKENS.get(role))).send();
    }

    private static boolean isLetThrough(Answer answer) {
        return answer.status() != 401 && answer.status() != 403;
    }

    @Test
    void theMatrixOfOnesOwnOrganisation() {
        List<String> wrong = new ArrayList<>();
        for (Endpoint endpoint : endpoints("org/private")) {
            for (String role : TOKENS.keySet()) {
                boolean expected = endpoint.kind().allowed.contains(role);
                Answer answer = send(endpoint, role);
                if (isLetThrough(answer) != expected) {
                    wrong.add(role + " " + endpoint + ": " + answer.status());
                }
            }
            if (isLetThrough(send(endpoint, null))) {
                wrong.add("anonymous " + endpoint);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void theMatrixOfForeignOrganisationsTellsNothing() {
        List<String> wrong = new ArrayList<>();
        List<Endpoint> foreign = endpoints("other/private");
        List<Endpoint> absent = endpoints("other/absent");
        List<Endpoint> nowhere = endpoints("nowhere/absent");
        for (int i = 0; i < foreign.size(); i++) {
            for (String role : List.of("viewer", "puller", "editor", "owner", "anonymous")) {
                String as = role.equals("anonymous") ? null : role;
                Answer there = send(foreign.get(i), as);
                for (Endpoint other : List.of(absent.get(i), nowhere.get(i))) {
                    Answer not = send(other, as);
                    boolean same = not.status() == there.status()
                            && there.text().equals(not.text())
                            && there.headers()
                                    .map()
                                    .keySet()
                                    .equals(not.headers().map().keySet());
                    if (!same || isLetThrough(there)) {
                        wrong.add(role + " " + foreign.get(i) + ": " + there.status() + ", " + not.status());
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void publicRepositoriesAreReadByEverybodyAndWrittenByEditors() {
        List<String> wrong = new ArrayList<>();
        for (Endpoint endpoint : endpoints("other/public")) {
            for (String role : List.of("viewer", "puller", "editor", "owner", "anonymous")) {
                boolean expected = endpoint.kind() == Kind.PULL || endpoint.kind() == Kind.LIST;
                if (isLetThrough(send(endpoint, role.equals("anonymous") ? null : role)) != expected) {
                    wrong.add(role + " " + endpoint);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private record Api(String method, String path, String body, List<String> allowed) {}

    @Test
    void theMatrixOfTheJsonApi() {
        List<String> owners = List.of("owner");
        List<String> nobody = List.of();
        List<Api> apis = List.of(
                new Api("GET", "/api/v1/organisations/org/members", "", owners),
                new Api("GET", "/api/v1/organisations/org/robots", "", owners),
                new Api("PUT", "/api/v1/organisations/org/members/absent", "{\"role\":\"viewer\"}", owners),
                new Api("DELETE", "/api/v1/organisations/org/members/absent", "", owners),
                new Api("PUT", "/api/v1/visibility", "{\"repository\":\"org/absent\",\"public\":true}", owners),
                new Api(
                        "POST",
                        "/api/v1/tokens",
                        "{\"account\":\"org/viewer\",\"days\":1}",
                        List.of("viewer", "owner")),
                new Api("GET", "/api/v1/organisations/other/members", "", nobody),
                new Api("GET", "/api/v1/organisations/nowhere/members", "", nobody),
                new Api("POST", "/api/v1/organisations/other/robots", "{\"name\":\"x\",\"role\":\"owner\"}", nobody),
                new Api("PUT", "/api/v1/organisations/other/members/org/owner", "{\"role\":\"owner\"}", nobody),
                new Api("PUT", "/api/v1/visibility", "{\"repository\":\"other/private\",\"public\":true}", nobody),
                new Api("POST", "/api/v1/tokens", "{\"account\":\"owner\"}", nobody),
                new Api("POST", "/api/v1/organisations", "{\"name\":\"grabbed\"}", nobody),
                new Api("GET", "/api/v1/users", "", nobody),
                new Api("POST", "/api/v1/users", "{\"name\":\"x\",\"password\":\"long enough\"}", nobody),
                new Api("PUT", "/api/v1/users/owner/password", "{\"password\":\"long enough\"}", nobody),
                new Api("DELETE", "/api/v1/users/owner", "", nobody),
                new Api("POST", "/api/v1/gc", "", nobody),
                new Api("POST", "/api/v1/scrub", "", nobody),
                new Api("GET", "/api/v1/mirrors", "", nobody),
                new Api("PUT", "/api/v1/mirrors", "{\"from\":\"a/*\",\"to\":\"b/*\"}", nobody));
        List<String> wrong = new ArrayList<>();
        for (Api api : apis) {
            for (String role : TOKENS.keySet()) {
                Answer answer = registry.ask(api.method(), api.path())
                        .body(api.body())
                        .as("org/" + role, TOKENS.get(role))
                        .send();
                if (isLetThrough(answer) != api.allowed().contains(role)) {
                    wrong.add(role + " " + api + ": " + answer.status());
                }
            }
            if (registry.ask(api.method(), api.path())
                            .body(api.body())
                            .anonymously()
                            .send()
                            .status()
                    != 401) {
                wrong.add("anonymous " + api);
            }
        }
        assertThat(wrong).isEmpty();
    }
}
