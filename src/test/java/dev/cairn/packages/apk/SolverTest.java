package dev.cairn.packages.apk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.digest.Digest;
import dev.cairn.testing.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// The oracle is apk-tools 2.14.4: what it said is in the shared data and in this folder's resources.
class SolverTest {
    private static final String INDEX = "apk/alpine-3.16/x86_64/APKINDEX.tar.gz";

    @Test
    void agreesWithApkOnTheSharedWorlds() throws IOException {
        PackageTable table = alpine();
        List<String> wrong = new ArrayList<>();
        ObjectMapper json = new ObjectMapper();
        for (String line : Files.readAllLines(SharedData.require("apk/alpine-3.16-solves.jsonl"))) {
            JsonNode solve = json.readTree(line);
            List<String> world = texts(solve.get("world"));
            String expected = solve.get("ok").asBoolean() ? String.join(" ", texts(solve.get("install"))) : "!";
            if (!expected.equals(answer(table, List.of(""), world))) {
                wrong.add(line);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void agreesWithApkOnFurtherWorldsOfAlpine() throws IOException {
        PackageTable table = alpine();
        List<String> wrong = new ArrayList<>();
        for (String line : resource("alpine-3.16-worlds.txt").lines().toList()) {
            int arrow = line.indexOf(" -> ");
            if (arrow > 0) {
                String answer = answer(table, List.of(""), words(line.substring(0, arrow)));
                byte[] order = answer.replace(' ', '\n').getBytes(StandardCharsets.UTF_8);
                String found =
                        answer.equals("!") ? answer : Digest.of(order).hex().substring(0, 16);
                if (!found.equals(line.substring(arrow + 4))) {
                    wrong.add(line);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void agreesWithApkOnSmallRepositoriesOfEveryKind() throws IOException {
        List<String> wrong = new ArrayList<>();
        PackageTableBuilder builder = new PackageTableBuilder();
        List<String> tags = new ArrayList<>();
        StringBuilder index = new StringBuilder();
        PackageTable table = null;
        for (String line : resource("small-worlds.txt").lines().toList()) {
            if (line.startsWith("repository")) {
                read(index, builder, tags);
                tags.add(line.substring("repository".length()).strip().replace("@", ""));
            } else if (line.startsWith("  ")) {
                index.append(row(line.strip()));
            } else if (line.startsWith("world ")) {
                read(index, builder, tags);
                table = table == null ? PackageTable.of(builder.build().toBytes()) : table;
                int arrow = line.indexOf(" -> ");
                String found = answer(table, tags, words(line.substring(6, arrow)));
                if (!found.equals(line.substring(arrow + 4))) {
                    wrong.add(line + " but " + found);
                }
            } else if (line.equals("end")) {
                builder = new PackageTableBuilder();
                tags = new ArrayList<>();
                table = null;
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static void read(StringBuilder index, PackageTableBuilder builder, List<String> tags) {
        IndexReader.read(
                index.toString().getBytes(StandardCharsets.UTF_8), "test", builder, Math.max(0, tags.size() - 1));
        index.setLength(0);
    }

    private static String row(String line) {
        String[] parts = line.split("\\|");
        String[] id = parts[0].split(" ");
        StringBuilder row = new StringBuilder("P:" + id[0] + "\nV:" + id[1] + "\nA:x86_64\nS:100\nI:4096\n");
        for (int i = 1; i < parts.length; i++) {
            row.append(parts[i].charAt(0))
                    .append(':')
                    .append(parts[i].substring(2))
                    .append('\n');
        }
        return row.append('\n').toString();
    }

    @Test
    void takesChainsDeeperThanAnOrdinaryStack() {
        int length = 8_000;
        StringBuilder index = new StringBuilder();
        for (int i = 0; i < length; i++) {
            index.append("C:").append(InstalledDatabase.checksumOfLink("p" + i)).append('\n');
            index.append("P:p").append(i).append("\nV:1\n");
            index.append(i + 1 < length ? "D:p" + (i + 1) + "\n\n" : "\n");
        }
        PackageTableBuilder builder = new PackageTableBuilder();
        IndexReader.read(index.toString().getBytes(StandardCharsets.UTF_8), "test", builder, 0);
        PackageTable table = builder.build();

        Solver.Outcome outcome = DeepStack.call(() ->
                new Solver(new PackageGraph(table), new RepositoryTags(List.of(""))).solve(wanted(List.of("p0"))));

        assertThat(outcome.order()).hasSize(length);
    }

    @Test
    void saysWhatIsMissingAndWhoNeedsIt() throws IOException {
        assertThat(reasons("P:app\nV:1\nD:libfoo\n", "app"))
                .containsExactly("no repository has 'libfoo' (needed by app-1)");
    }

    @Test
    void saysThatAVirtualNameNeedsAChoice() throws IOException {
        assertThat(reasons("P:app\nV:1\nD:/bin/sh\n", "P:busybox\nV:2\np:/bin/sh\n", "app"))
                .containsExactly("'/bin/sh' (needed by app-1) is not a package by itself, and nothing is picked for it:"
                        + " busybox provides it, so name that");
    }

    @Test
    void saysWhichVersionThereIs() throws IOException {
        assertThat(reasons("P:app\nV:1\n", "app>2"))
                .containsExactly("the world asks for 'app>2', but what there is to pick is app-1");
    }

    @Test
    void saysWhoConflicts() throws IOException {
        assertThat(reasons("P:a\nV:1\nD:!b\n", "P:b\nV:1\n", "a b"))
                .contains("a-1 does not go with 'b', but the rest needs b-1");
    }

    private static List<String> reasons(String... rowsThenWorld) {
        StringBuilder index = new StringBuilder();
        for (int i = 0; i < rowsThenWorld.length - 1; i++) {
            index.append("C:")
                    .append(InstalledDatabase.checksumOf(new byte[] {(byte) i}))
                    .append('\n');
            index.append(rowsThenWorld[i]).append('\n');
        }
        PackageTableBuilder builder = new PackageTableBuilder();
        IndexReader.read(index.toString().getBytes(StandardCharsets.UTF_8), "test", builder, 0);
        PackageGraph graph = new PackageGraph(builder.build());
        RepositoryTags tags = new RepositoryTags(List.of(""));
        Solver.Outcome outcome = new Solver(graph, tags).solve(wanted(words(rowsThenWorld[rowsThenWorld.length - 1])));
        return new Explanation(graph, tags, outcome).reasons();
    }

    private static PackageTable alpine() throws IOException {
        PackageTableBuilder builder = new PackageTableBuilder();
        ApkKeyring anyone = ApkKeyring.of(List.of()).allowingUntrusted();
        IndexReader.read(IndexFile.read(SharedData.require(INDEX), "index", anyone).text, "index", builder, 0);
        return PackageTable.of(builder.build().toBytes());
    }

    private static String answer(PackageTable table, List<String> tags, List<String> world) {
        Solver.Outcome outcome = new Solver(new PackageGraph(table), new RepositoryTags(tags)).solve(wanted(world));
        if (!outcome.problems().isEmpty()) {
            return "!";
        }
        List<String> names = new ArrayList<>();
        outcome.order().forEach(c -> names.add(c.name + "=" + c.version));
        return String.join(" ", names);
    }

    private static List<ApkDependency> wanted(List<String> world) {
        return world.stream().map(ApkDependency::parseWanted).toList();
    }

    private static List<String> words(String text) {
        return List.of(text.split(" "));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asString()));
        return texts;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = SolverTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
