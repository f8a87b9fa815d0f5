package dev.cairn.path;

import dev.cairn.oci.Image;
import dev.cairn.oci.JsonWriter;
import dev.cairn.oci.Reference;
import dev.cairn.oci.remote.Credential;
import dev.cairn.oci.remote.RegistryClient;
import dev.cairn.oci.remote.RegistryOptions;
import dev.cairn.registry.PackageStore;
import dev.cairn.server.FirstOwner;
import dev.cairn.server.RegistryServer;
import dev.cairn.server.ServerOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;

/// The embedded registry, in this process, on a free port of the loopback address. Everybody on this machine may pull
/// from it while it is open.
final class LocalRegistry implements AutoCloseable {
    private static final int CONFLICT = 409;

    private final RegistryServer server;
    private final String token;
    private final RegistryClient client;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Set<String> organisations = new HashSet<>();

    private LocalRegistry(RegistryServer server, String token) {
        this.server = server;
        this.token = token;
        this.client = new RegistryClient(RegistryOptions.ANONYMOUS.withCredentials(
                (registry, repository) -> new Credential.Password("owner", token)));
    }

    /// Opens it on a folder of its own.
    ///
    /// @param packages where layers of packages lie already: they are not copied
    static LocalRegistry open(Path data, PackageStore packages) throws IOException {
        RegistryServer server =
                new RegistryServer(ServerOptions.loopback(data), packages, null, InstantSource.system());
        server.start();
        return new LocalRegistry(
                server, Files.readString(data.resolve(FirstOwner.FILE)).strip());
    }

    /// `127.0.0.1:41234`.
    String host() {
        return "127.0.0.1:" + server.port();
    }

    /// Puts an image there, for everybody.
    ///
    /// @param repository `hardened/python`
    void push(Image image, String repository, String tag) throws IOException, InterruptedException {
        organisation(repository.substring(0, repository.indexOf('/')));
        client.push(Reference.parse(host() + "/" + repository + ":" + tag), image);
        JsonWriter body = new JsonWriter();
        body.string("repository", repository);
        body.bool("public", true);
        send("PUT", "visibility", body);
    }

    private void organisation(String name) throws IOException, InterruptedException {
        if (organisations.add(name)) {
            JsonWriter body = new JsonWriter();
            body.string("name", name);
            send("POST", "organisations", body);
        }
    }

    private void send(String method, String path, JsonWriter body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + host() + "/api/v1/" + path))
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body.finish()))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() > 299 && response.statusCode() != CONFLICT) {
            throw new IOException(
                    "the embedded registry refused " + path + ": " + response.statusCode() + " " + response.body());
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
