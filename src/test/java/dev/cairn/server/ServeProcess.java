package dev.cairn.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.testing.TestRegistry;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `cairn serve` in a process of its own, which can be killed.
final class ServeProcess implements AutoCloseable {
    private final Process process;
    private final String address;
    private final String owner;
    private final HttpClient client;

    private ServeProcess(Process process, String address, String owner, HttpClient client) {
        this.process = process;
        this.address = address;
        this.owner = owner;
        this.client = client;
    }

    static ServeProcess start(Path data, HttpClient client, String... flags) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                "dev.cairn.cli.Main",
                "serve",
                "--data",
                data.toString(),
                "--listen",
                "127.0.0.1:0",
                "--access-log",
                "none"));
        command.addAll(List.of(flags));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader lines = new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int at = line.indexOf(" at http://");
            if (at >= 0) {
                String owner = Files.readString(data.resolve("owner-token")).strip();
                return new ServeProcess(process, line.substring(at + 4), owner, client);
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("the server did not start: " + said);
    }

    /// The tests' own class path: that of the JVM, or of the loader that a test runner made.
    private static String classPath() {
        if (Thread.currentThread().getContextClassLoader() instanceof URLClassLoader loader) {
            List<String> files = new ArrayList<>();
            for (URL url : loader.getURLs()) {
                files.add(Path.of(URI.create(url.toString())).toString());
            }
            return String.join(File.pathSeparator, files);
        }
        return System.getProperty("java.class.path");
    }

    /// An answer; status 0 where the server went away before it gave one.
    record Answer(int status, byte[] body, String location) {}

    Answer send(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(path.startsWith("http") ? path : address + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", TestRegistry.basic("owner", owner))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(
                    response.statusCode(),
                    response.body(),
                    response.headers().firstValue("Location").orElse(""));
        } catch (IOException e) {
            return new Answer(0, new byte[0], "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(0, new byte[0], "");
        }
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /// `kill -9`.
    void kill() {
        process.destroyForcibly();
    }

    /// Waits for its end; the exit code.
    int end() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the server does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
