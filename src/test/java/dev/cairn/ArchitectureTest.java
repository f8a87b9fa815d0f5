package dev.cairn;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds the code to ARCHITECTURE.md: which room uses which, and where a few sharp tools may be used at all.
class ArchitectureTest {
    private static final String ROOT = "dev.cairn.";

    /// The rooms and the rooms that each may use. This is the page's picture as data: change both together.
    private static final Map<String, Set<String>> EDGES = Map.ofEntries(
            Map.entry("digest", Set.of()),
            Map.entry("archive", Set.of("digest")),
            Map.entry("fetch", Set.of("digest")),
            Map.entry("keys", Set.of("oci")),
            Map.entry("sandbox", Set.of()),
            Map.entry("elf", Set.of()),
            Map.entry("advisory.version", Set.of("packages.apk", "packages.deb")),
            Map.entry("advisory", Set.of("advisory.version", "packages.deb", "archive", "fetch", "digest")),
            Map.entry("scan.inventory", Set.of("sbom", "oci", "packages.deb", "archive", "digest")),
            Map.entry("scan", Set.of("advisory", "advisory.version", "sbom", "fetch", "digest")),
            Map.entry("scan.report", Set.of("scan", "scan.inventory", "advisory", "sbom", "oci", "archive", "digest")),
            Map.entry("oci", Set.of("digest", "archive")),
            Map.entry("oci.layout", Set.of("oci", "digest", "archive")),
            Map.entry("oci.remote", Set.of("oci", "digest", "archive", "fetch")),
            Map.entry("attest", Set.of("keys", "oci", "oci.remote", "digest")),
            Map.entry("sbom", Set.of("oci", "digest")),
            Map.entry("oci.source", Set.of("oci", "oci.layout", "oci.remote", "digest")),
            Map.entry("packages", Set.of("digest")),
            Map.entry("packages.apk", Set.of("packages", "archive", "fetch", "keys", "digest")),
            Map.entry("packages.deb", Set.of("packages", "archive", "fetch", "keys", "digest")),
            Map.entry("mapping", Set.of("oci", "digest")),
            Map.entry("mapping.derive", Set.of("mapping", "archive")),
            Map.entry("inspect", Set.of("oci", "archive", "packages", "packages.deb", "digest")),
            Map.entry("image.definition", Set.of("packages", "digest")),
            Map.entry(
                    "image.layer",
                    Set.of("packages", "packages.apk", "packages.deb", "archive", "fetch", "elf", "oci", "digest")),
            Map.entry(
                    "image",
                    Set.of(
                            "image.definition",
                            "image.layer",
                            "inspect",
                            "packages",
                            "packages.apk",
                            "packages.deb",
                            "archive",
                            "fetch",
                            "keys",
                            "elf",
                            "oci",
                            "oci.layout",
                            "oci.remote",
                            "sbom",
                            "digest")),
            Map.entry("migrate", Set.of()),
            Map.entry("migrate.shell", Set.of()),
            Map.entry("migrate.dockerfile", Set.of("migrate", "migrate.shell", "mapping", "oci", "digest")),
            Map.entry("migrate.split", Set.of("migrate", "migrate.shell", "migrate.dockerfile")),
            Map.entry("builder", Set.of("migrate", "migrate.dockerfile", "oci")),
            Map.entry("catalog", Set.of("image.definition", "mapping", "packages")),
            Map.entry(
                    "path",
                    Set.of(
                            "catalog",
                            "builder",
                            "migrate",
                            "migrate.dockerfile",
                            "mapping",
                            "image.definition",
                            "server",
                            "registry",
                            "inspect",
                            "scan",
                            "scan.inventory",
                            "scan.report",
                            "sbom",
                            "advisory",
                            "oci",
                            "oci.layout",
                            "oci.remote",
                            "oci.source",
                            "digest")),
            Map.entry(
                    "migrate.minimise",
                    Set.of("migrate", "migrate.shell", "migrate.dockerfile", "migrate.split", "mapping", "elf")),
            Map.entry("proof", Set.of("inspect", "oci", "sandbox")),
            Map.entry("publish", Set.of("attest", "sbom", "oci", "oci.remote", "digest")),
            Map.entry(
                    "verify",
                    Set.of(
                            "image",
                            "image.definition",
                            "image.layer",
                            "packages",
                            "oci",
                            "oci.layout",
                            "oci.source",
                            "archive",
                            "digest")),
            Map.entry("registry", Set.of("oci", "digest", "archive")),
            Map.entry("registry.http", Set.of("registry", "oci", "digest", "archive")),
            Map.entry("store", Set.of("registry", "oci", "digest", "archive")),
            Map.entry(
                    "server",
                    Set.of("registry", "registry.http", "store", "image.layer", "fetch", "oci", "digest", "archive")),
            Map.entry(
                    "cli",
                    Set.of(
                            "advisory",
                            "scan",
                            "scan.inventory",
                            "scan.report",
                            "migrate",
                            "migrate.dockerfile",
                            "migrate.split",
                            "builder",
                            "migrate.minimise",
                            "proof",
                            "mapping",
                            "catalog",
                            "path",
                            "registry",
                            "registry.http",
                            "server",
                            "image",
                            "image.definition",
                            "image.layer",
                            "inspect",
                            "packages",
                            "packages.apk",
                            "packages.deb",
                            "archive",
                            "fetch",
                            "keys",
                            "sandbox",
                            "elf",
                            "oci",
                            "oci.layout",
                            "oci.remote",
                            "publish",
                            "attest",
                            "sbom",
                            "oci.source",
                            "verify",
                            "digest")));

    /// Files that may be longer than [#LONGEST_FILE], each with its reason.
    private static final Map<String, String> LONG_FILES = Map.of();

    private static final int LONGEST_FILE = 350;
    private static final Path MAIN = Path.of("src/main/java");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.cairn");

    @Test
    void aRoomUsesOnlyTheRoomsAboveIt() {
        Set<String> breaks = new TreeSet<>();
        for (JavaClass from : CLASSES) {
            Set<String> allowed = EDGES.get(room(from));
            if (allowed == null) {
                breaks.add("no such room on the page: " + room(from));
                continue;
            }
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                JavaClass to = dependency.getTargetClass().getBaseComponentType();
                boolean ours = to.getPackageName().startsWith(ROOT);
                if (ours && !room(to).equals(room(from)) && !allowed.contains(room(to))) {
                    breaks.add(room(from) + " may not use " + room(to) + ": " + dependency.getDescription());
                }
            }
        }
        assertThat(breaks).isEmpty();
    }

    @Test
    void theEdgesHaveNoCycle() {
        Set<String> settled = new TreeSet<>();
        boolean progress = true;
        while (progress) {
            progress = false;
            for (Map.Entry<String, Set<String>> edge : EDGES.entrySet()) {
                progress |= settled.containsAll(edge.getValue()) && settled.add(edge.getKey());
            }
        }
        assertThat(settled).isEqualTo(new TreeSet<>(EDGES.keySet()));
    }

    @Test
    void theJdksOwnDeflateIsNotUsed() {
        // Its bytes depend on the zlib that the JDK was built with.
        noClasses()
                .should()
                .dependOnClassesThat(nameMatching(
                        "java\\.util\\.(zip\\.(Deflater.*|GZIPOutputStream|ZipOutputStream)|jar\\.JarOutputStream)"))
                .check(CLASSES);
    }

    @Test
    void aLibraryStaysInItsRoom() {
        confine("picocli..", "dev.cairn.cli");
        confine("org.tukaani..", "dev.cairn.archive");
        confine("com.github.luben..", "dev.cairn.archive");
        confine("org.dhatim..", "dev.cairn.scan.report");
    }

    private static void confine(String library, String room) {
        noClasses()
                .that()
                .resideOutsideOfPackage(room)
                .should()
                .dependOnClassesThat(resideInAPackage(library))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLinePrintsAndExits() {
        noClasses()
                .that(JavaClass.Predicates.resideOutsideOfPackage("dev.cairn.cli"))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(CLASSES);
    }

    @Test
    void nothingDependsOnTheMachinesLocaleZoneOrHour() {
        noClasses()
                .should()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "toUpperCase")
                .orShould()
                .callMethod(String.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(String.class, "formatted", Object[].class)
                .orShould()
                .callMethod(String.class, "getBytes")
                .orShould()
                .callMethod(java.util.Locale.class, "getDefault")
                .orShould()
                .callMethod(java.time.ZoneId.class, "systemDefault")
                .because("locale, zone and charset are named; an output is the same on every machine")
                .check(CLASSES);
        noClasses()
                .that(JavaClass.Predicates.resideOutsideOfPackages("dev.cairn.cli", "dev.cairn.fetch"))
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .because("a room that needs the time is given a clock")
                .check(CLASSES);
    }

    @Test
    void serverAndDatabaseStayInTheirRooms() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("com.sun.net.httpserver.."))
                .check(CLASSES);
        noClasses()
                .that(JavaClass.Predicates.resideOutsideOfPackages("dev.cairn.store"))
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite.."))
                .because("storage is behind the ports of the rooms that need it")
                .check(CLASSES);
        noClasses()
                .that(JavaClass.Predicates.resideOutsideOfPackages("dev.cairn.registry.http", "dev.cairn.server"))
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.eclipse.jetty..", "org.slf4j.."))
                .because("commands that serve nothing load no server")
                .check(CLASSES);
    }

    @Test
    void filesAreShort() throws IOException {
        Set<String> long_ = new TreeSet<>();
        try (Stream<Path> files = Files.walk(MAIN)) {
            for (Path file : (Iterable<Path>) files.filter(f -> f.toString().endsWith(".java"))::iterator) {
                List<String> lines = Files.readAllLines(file);
                String name = MAIN.relativize(file).toString();
                if (lines.size() > LONGEST_FILE && !LONG_FILES.containsKey(name)) {
                    long_.add(name + ": " + lines.size() + " lines, at most " + LONGEST_FILE);
                }
            }
        }
        assertThat(long_).isEmpty();
    }

    private static String room(JavaClass type) {
        return type.getPackageName().substring(ROOT.length());
    }
}
