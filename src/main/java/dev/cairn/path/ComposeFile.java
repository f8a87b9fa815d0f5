package dev.cairn.path;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/// The services of a Compose file, as far as a smoke test needs them: what each runs, its environment, its command,
/// what
/// it waits for. Volumes, networks and published ports are left out: the services are together on one loopback
/// interface.
///
/// @param services in the order in which they start
record ComposeFile(List<Service> services) {
    private static final List<String> NAMES =
            List.of("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml");
    private static final int LARGEST = 1 << 20;
    private static final int MOST_ALIASES = 50;

    /// One service.
    ///
    /// @param image the image; empty where it is built
    /// @param context the folder that is built, relative to the repository; empty where an image is named
    /// @param dockerfile the Dockerfile, relative to the repository
    record Service(
            String name,
            String image,
            String context,
            String dockerfile,
            Map<String, String> environment,
            List<String> command,
            List<String> after) {
        boolean isBuilt() {
            return image.isEmpty();
        }
    }

    /// The repository's Compose file; null where it has none that can be read.
    static @Nullable ComposeFile find(Path root) throws IOException {
        for (String name : NAMES) {
            Path file = root.resolve(name);
            if (Files.isRegularFile(file) && Files.size(file) <= LARGEST) {
                return parse(Files.readString(file, StandardCharsets.UTF_8));
            }
        }
        return null;
    }

    static @Nullable ComposeFile parse(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new FailsafeSchema())
                .setCodePointLimit(LARGEST)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .build();
        try {
            if (new Load(settings).loadFromString(text) instanceof Map<?, ?> root
                    && root.get("services") instanceof Map<?, ?> named) {
                Map<String, Service> services = new LinkedHashMap<>();
                named.forEach((name, body) -> {
                    if (body instanceof Map<?, ?> fields) {
                        services.put(String.valueOf(name), service(String.valueOf(name), fields));
                    }
                });
                return new ComposeFile(inOrder(services));
            }
        } catch (RuntimeException _) {
            // what is not YAML is no Compose file; the library says so in several ways, among them a null pointer
        }
        return null;
    }

    private static Service service(String name, Map<?, ?> fields) {
        Object build = fields.get("build");
        String context = build == null
                ? ""
                : plain(build instanceof Map<?, ?> map ? text(map.get("context"), ".") : text(build, "."));
        String dockerfile = build instanceof Map<?, ?> map ? text(map.get("dockerfile"), "Dockerfile") : "Dockerfile";
        return new Service(
                name,
                build == null ? text(fields.get("image"), "") : "",
                context,
                context.isEmpty() || context.equals(".") ? dockerfile : context + "/" + dockerfile,
                environment(fields.get("environment")),
                words(fields.get("command")),
                after(fields.get("depends_on")));
    }

    private static String plain(String path) {
        String plain = Path.of(path).normalize().toString().replace('\\', '/');
        return plain.isEmpty() ? "." : plain;
    }

    private static String text(@Nullable Object value, String otherwise) {
        return value instanceof String text ? text : otherwise;
    }

    private static Map<String, String> environment(@Nullable Object value) {
        Map<String, String> environment = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, each) -> environment.put(String.valueOf(name), text(each, "")));
        } else if (value instanceof List<?> list) {
            for (Object each : list) {
                String text = String.valueOf(each);
                int equals = text.indexOf('=');
                if (equals > 0) {
                    environment.put(text.substring(0, equals), text.substring(equals + 1));
                }
            }
        }
        return environment;
    }

    private static List<String> words(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return value instanceof String text && !text.isBlank()
                ? List.of(text.strip().split("\\s+", -1))
                : List.of();
    }

    private static List<String> after(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.keySet().stream().map(String::valueOf).toList();
        }
        return words(value);
    }

    /// What others wait for comes first; a circle is cut.
    private static List<Service> inOrder(Map<String, Service> services) {
        Set<String> seen = new LinkedHashSet<>();
        List<Service> order = new ArrayList<>();
        services.keySet().forEach(name -> visit(name, services, seen, order));
        return order;
    }

    private static void visit(String name, Map<String, Service> services, Set<String> seen, List<Service> order) {
        Service service = services.get(name);
        if (service == null || !seen.add(name)) {
            return;
        }
        service.after().forEach(each -> visit(each, services, seen, order));
        order.add(service);
    }

    /// The context that a Dockerfile is built in, relative to the repository; null where the file says nothing of it.
    @Nullable
    String context(String dockerfile) {
        return services.stream()
                .filter(each -> each.isBuilt() && each.dockerfile().equals(dockerfile))
                .map(Service::context)
                .findFirst()
                .orElse(null);
    }
}
