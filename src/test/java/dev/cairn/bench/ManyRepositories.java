package dev.cairn.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.digest.Digest;
import dev.cairn.testing.TestRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Fills a registry with repositories `org/r0`, `org/r1`, … of 100 tags each.
record ManyRepositories(int count, HttpClient client, String address, String authorization) {
    private static final int TAGS = 100;
    private static final int AT_ONCE = 8;

    void fill() throws Exception {
        StringBuilder tags = new StringBuilder();
        for (int i = 0; i < TAGS; i++) {
            tags.append(i == 0 ? "?" : "&").append("tag=t").append(i);
        }
        Digest config = Digest.of("{}".getBytes(UTF_8));
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String name = "org/r" + i;
                all.add(threads.submit(() -> {
                    String json = TestRegistry.image(config, null, "\"annotations\":{\"of\":\"" + name + "\"},");
                    send("POST", TestRegistry.uploads(name) + "?mount=" + config + "&from=org/app", "");
                    return send("PUT", TestRegistry.manifests(name, Digest.of(json.getBytes(UTF_8))) + tags, json);
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
    }

    private int send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Authorization", authorization)
                .header("Content-Type", TestRegistry.MANIFEST)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        int status =
                client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != 201) {
            throw new IOException(method + " " + path + ": " + status);
        }
        return status;
    }

    /// A script of wrk that asks for a random tag of the first `repositories`.
    static Path script(Path file, int repositories, String authorization) throws IOException {
        return Files.writeString(
                file,
                "math.randomseed(1)\nlocal headers = {[\"Authorization\"] = \"" + authorization + "\"}\n"
                        + "request = function()\n  return wrk.format(\"GET\", \"/v2/org/r\" .. math.random(0, "
                        + (repositories - 1) + ") .. \"/manifests/t\" .. math.random(0, " + (TAGS - 1)
                        + "), headers)\nend\n");
    }
}
