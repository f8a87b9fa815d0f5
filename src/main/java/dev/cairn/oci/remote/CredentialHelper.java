package dev.cairn.oci.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.oci.JsonObject;
import dev.cairn.oci.OciException;
import dev.cairn.oci.remote.RegistryException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One of docker's credential helpers: the program `docker-credential-NAME` on the PATH, asked as docker does: `get`
/// with the server on standard input, a JSON object with `Username` and `Secret` back.
final class CredentialHelper {
    private static final int LONGEST = 64 << 10;
    private static final long SECONDS = 60;

    private final String program;
    private final Map<String, String> environment;

    CredentialHelper(String name, Map<String, String> environment) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Character.isLetterOrDigit(c) && c != '-' && c != '_' && c != '.') {
                throw new RegistryException(Code.BAD_CREDENTIALS, "'" + name + "' cannot name a credential helper");
            }
        }
        this.program = "docker-credential-" + name;
        this.environment = environment;
    }

    /// The credential for the server; null where the helper knows none.
    @Nullable
    Credential get(String server) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(find().toString(), "get");
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        try {
            try (OutputStream in = process.getOutputStream()) {
                in.write(server.getBytes(UTF_8));
            } catch (IOException e) {
                // A helper that does not read its input is judged by its answer.
            }
            byte[] answer;
            try (InputStream out = process.getInputStream()) {
                answer = out.readNBytes(LONGEST);
            }
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw new RegistryException(Code.BAD_CREDENTIALS, program + " does not answer");
            }
            return process.exitValue() == 0 ? credential(answer, server) : absent(answer, server);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + program + " was asked", e);
        } finally {
            process.destroy();
        }
    }

    private Path find() {
        for (String folder : environment.getOrDefault("PATH", "").split(":", -1)) {
            Path candidate = Path.of(folder).resolve(program);
            if (!folder.isEmpty() && Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        throw new RegistryException(Code.BAD_CREDENTIALS, program + " is configured and not on the PATH");
    }

    private Credential credential(byte[] answer, String server) {
        try {
            JsonObject json = JsonObject.parse(answer, program, LONGEST);
            String user = json.string("Username");
            String secret = json.string("Secret");
            return user.equals("<token>")
                    ? new Credential.IdentityToken(secret)
                    : new Credential.Password(user, secret);
        } catch (OciException e) {
            // The parser's message might quote the secret.
            throw new RegistryException(
                    Code.BAD_CREDENTIALS,
                    program + " answered for " + server + " with something that is no credential");
        }
    }

    private @Nullable Credential absent(byte[] answer, String server) {
        String text = new String(answer, UTF_8);
        if (text.contains("not found")) {
            return null;
        }
        throw new RegistryException(Code.BAD_CREDENTIALS, program + " failed for " + server);
    }
}
