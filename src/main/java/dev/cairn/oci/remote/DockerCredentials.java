package dev.cairn.oci.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.oci.JsonObject;
import dev.cairn.oci.OciException;
import dev.cairn.oci.remote.RegistryException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The credentials that `docker login` and `podman login` have left: `auths`, `credHelpers` and `credsStore` of
/// docker's
/// `config.json`, and the `auth.json` of containers-auth.json(5).
///
/// The files, in this order: `$REGISTRY_AUTH_FILE`; `$DOCKER_CONFIG/config.json`, else `~/.docker/config.json`;
/// `$XDG_RUNTIME_DIR/containers/auth.json`; `$XDG_CONFIG_HOME/containers/auth.json`, else
/// `~/.config/containers/auth.json`. The first that knows the registry counts; within one, the entry for the longest
/// part of `registry/repository`, a helper of the registry's own, `auths`, then the general helper.
public final class DockerCredentials implements Credentials {
    private static final int LONGEST = 1 << 20;
    private static final String HUB = "docker.io";
    private static final String HUB_KEY = "https://index.docker.io/v1/";

    private final Map<String, String> environment;

    /// Credentials from the files and helpers that this environment leads to.
    public DockerCredentials(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Credential find(String registry, String repository) throws IOException {
        for (Path file : files()) {
            if (Files.isRegularFile(file)) {
                Credential found = find(read(file), registry, repository, file);
                if (found != null) {
                    return found;
                }
            }
        }
        return new Credential.Anonymous();
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        add(files, environment.get("REGISTRY_AUTH_FILE"), "");
        String home = environment.get("HOME");
        String docker = environment.get("DOCKER_CONFIG");
        add(
                files,
                docker == null || docker.isEmpty() ? home : docker,
                docker == null || docker.isEmpty() ? ".docker/config.json" : "config.json");
        add(files, environment.get("XDG_RUNTIME_DIR"), "containers/auth.json");
        String config = environment.get("XDG_CONFIG_HOME");
        boolean homely = config == null || config.isEmpty();
        add(files, homely ? home : config, homely ? ".config/containers/auth.json" : "containers/auth.json");
        return files;
    }

    private static void add(List<Path> files, @Nullable String folder, String name) {
        if (folder != null && !folder.isEmpty()) {
            files.add(Path.of(folder).resolve(name));
        }
    }

    private static JsonObject read(Path file) throws IOException {
        try {
            return JsonObject.parse(Files.readAllBytes(file), file.toString(), LONGEST);
        } catch (OciException e) {
            // The parser's message might quote a secret.
            throw new RegistryException(Code.BAD_CREDENTIALS, file + " is not a JSON object");
        }
    }

    private @Nullable Credential find(JsonObject config, String registry, String repository, Path file)
            throws IOException {
        String server = registry.equals(HUB) ? HUB_KEY : registry;
        String helper = config.stringMap("credHelpers").get(registry);
        if (helper == null && registry.equals(HUB)) {
            helper = config.stringMap("credHelpers").get(HUB_KEY);
        }
        if (helper != null) {
            return new CredentialHelper(helper, environment).get(server);
        }
        JsonObject auths = config.optionalObject("auths");
        Credential stored = auths == null ? null : stored(auths, registry, repository, file);
        if (stored != null) {
            return stored;
        }
        String general = config.optionalString("credsStore");
        return general == null || general.isEmpty() ? null : new CredentialHelper(general, environment).get(server);
    }

    private static @Nullable Credential stored(JsonObject auths, String registry, String repository, Path file) {
        String best = null;
        String wanted = registry + "/" + repository;
        for (String key : auths.names()) {
            String name = plain(key);
            boolean matches = wanted.equals(name) || wanted.startsWith(name + "/");
            if (matches && (best == null || name.length() > plain(best).length())) {
                best = key;
            }
        }
        return best == null ? null : credential(auths.object(best), best, file);
    }

    /// `https://host/v1/` is the same as `host`.
    private static String plain(String key) {
        int scheme = key.indexOf("://");
        String name = scheme < 0 ? key : key.substring(scheme + 3);
        for (String ending : new String[] {"/", "/v1", "/v2"}) {
            if (name.endsWith(ending)) {
                name = name.substring(0, name.length() - ending.length());
            }
        }
        return name.equals("index.docker.io") || name.equals("registry-1.docker.io") ? HUB : name;
    }

    /// The credential of an entry; null where it is empty, as `docker login` leaves it beside a helper.
    private static @Nullable Credential credential(JsonObject entry, String key, Path file) {
        String token = entry.optionalString("identitytoken");
        if (token != null && !token.isEmpty()) {
            return new Credential.IdentityToken(token);
        }
        String user = entry.optionalString("username");
        String password = entry.optionalString("password");
        String auth = entry.optionalString("auth");
        if (auth != null && !auth.isEmpty()) {
            return decoded(auth, key, file);
        }
        return user == null || password == null ? null : new Credential.Password(user, password);
    }

    private static Credential decoded(String auth, String key, Path file) {
        try {
            String text = new String(Base64.getDecoder().decode(auth), UTF_8);
            int colon = text.indexOf(':');
            if (colon > 0) {
                return new Credential.Password(
                        text.substring(0, colon), text.substring(colon + 1).replace("\0", ""));
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the message that quotes nothing.
        }
        throw new RegistryException(
                Code.BAD_CREDENTIALS, file + ": 'auth' of '" + key + "' is not base64 of user:password");
    }
}
