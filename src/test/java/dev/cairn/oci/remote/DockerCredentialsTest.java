package dev.cairn.oci.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerCredentialsTest {
    private static final Credential NONE = new Credential.Anonymous();

    @TempDir
    Path dir;

    private Credential find(String config, String registry, String repository) throws IOException {
        Files.writeString(dir.resolve("config.json"), config);
        return new DockerCredentials(Map.of("DOCKER_CONFIG", dir.toString(), "PATH", dir + ":/usr/bin:/bin"))
                .find(registry, repository);
    }

    @Test
    void storedCredentialsAreFoundUnderTheirManyNames() throws IOException {
        String auths = "{\"auths\":{\"https://index.docker.io/v1/\":{\"auth\":\"bWU6YTpi\"},"
                + "\"host.example:5000\":{\"username\":\"u\",\"password\":\"p\"},"
                + "\"host.example:5000/team\":{\"identitytoken\":\"t\"},\"empty.example\":{}}}";

        assertThat(find(auths, "docker.io", "library/x")).isEqualTo(new Credential.Password("me", "a:b"));
        assertThat(find(auths, "host.example:5000", "x")).isEqualTo(new Credential.Password("u", "p"));
        assertThat(find(auths, "host.example:5000", "team/x")).isEqualTo(new Credential.IdentityToken("t"));
        assertThat(find(auths, "host.example:5000", "teamwork")).isEqualTo(new Credential.Password("u", "p"));
        assertThat(find(auths, "host.example", "x")).isEqualTo(NONE);
        assertThat(find(auths, "empty.example", "x")).isEqualTo(NONE);
        assertThat(find("{}", "docker.io", "x")).isEqualTo(NONE);
    }

    @Test
    void noSecretIsPrinted() throws IOException {
        assertThat(new Credential.Password("u", "p4ss").toString()).doesNotContain("p4ss");
        assertThat(new Credential.IdentityToken("t0ken").toString()).doesNotContain("t0ken");
        assertThatThrownBy(() -> find("{\"auths\":{\"h.example\":{\"auth\":\"c2VjcmV0\"}}}", "h.example", "x"))
                .isInstanceOf(RegistryException.class)
                .hasMessageNotContaining("c2VjcmV0")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> find("{\"auths\":{\"h.example\":{\"auth\":\"c2VjcmV0\"", "h.example", "x"))
                .isInstanceOf(RegistryException.class)
                .hasMessageNotContaining("c2VjcmV0");
    }

    @Test
    void helpersAreAsked() throws IOException {
        helper(
                "own",
                "read s; echo \"{\\\"ServerURL\\\":\\\"$s\\\",\\\"Username\\\":\\\"for $s\\\",\\\"Secret\\\":\\\"x\\\"}\"");
        helper("all", "echo '{\"Username\":\"<token>\",\"Secret\":\"tok\"}'");
        helper("none", "echo 'credentials not found in native keychain'; exit 1");
        helper("sick", "echo 'no such keychain s3cret'; exit 1");

        String both = "{\"credsStore\":\"all\",\"credHelpers\":{\"h.example\":\"own\",\"docker.io\":\"own\"}}";
        assertThat(find(both, "h.example", "x")).isEqualTo(new Credential.Password("for h.example", "x"));
        assertThat(find(both, "docker.io", "x"))
                .isEqualTo(new Credential.Password("for https://index.docker.io/v1/", "x"));
        assertThat(find(both, "other.example", "x")).isEqualTo(new Credential.IdentityToken("tok"));
        assertThat(find("{\"credsStore\":\"none\"}", "h.example", "x")).isEqualTo(NONE);
        assertThatThrownBy(() -> find("{\"credsStore\":\"sick\"}", "h.example", "x"))
                .isInstanceOf(RegistryException.class)
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> find("{\"credsStore\":\"absent\"}", "h.example", "x"))
                .hasMessageContaining("docker-credential-absent is configured and not on the PATH");
        assertThatThrownBy(() -> find("{\"credsStore\":\"../evil\"}", "h.example", "x"))
                .hasMessageContaining("cannot name a credential helper");
    }

    private void helper(String name, String script) throws IOException {
        Path file = Files.writeString(dir.resolve("docker-credential-" + name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void podmansFileIsReadToo() throws IOException {
        Path run = Files.createDirectories(dir.resolve("run/containers"));
        Files.writeString(run.resolve("auth.json"), "{\"auths\":{\"h.example/a\":{\"auth\":\"dTpw\"}}}");
        DockerCredentials credentials = new DockerCredentials(
                Map.of("XDG_RUNTIME_DIR", dir.resolve("run").toString()));

        assertThat(credentials.find("h.example", "a/b")).isEqualTo(new Credential.Password("u", "p"));
        assertThat(credentials.find("h.example", "b")).isEqualTo(NONE);
    }
}
