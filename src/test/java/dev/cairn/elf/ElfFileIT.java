package dev.cairn.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Compares with readelf over this machine's own programs and libraries.
class ElfFileIT {
    private static final int FILES = 300;
    private static final Pattern NAME = Pattern.compile("\\((\\w+)\\).*\\[(.*)]");
    private static final Pattern INTERPRETER = Pattern.compile("program interpreter: (.*)]");

    @Test
    void saysWhatReadelfSays() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/readelf")), "readelf is not installed");
        List<Path> files = new ArrayList<>();
        for (String dir : List.of("/usr/bin", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu")) {
            if (Files.isDirectory(Path.of(dir))) {
                try (Stream<Path> list = Files.list(Path.of(dir))) {
                    list.filter(f -> Files.isRegularFile(f) && Files.isReadable(f))
                            .sorted()
                            .limit(FILES)
                            .forEach(files::add);
                }
            }
        }
        int compared = 0;
        for (Path file : files) {
            Optional<ElfFacts> facts = facts(file);
            if (facts.isPresent()) {
                assertThat(summary(facts.get())).as(file.toString()).isEqualTo(readelf(file));
                compared++;
            }
        }
        assertThat(compared).isPositive();
    }

    private static Optional<ElfFacts> facts(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return ElfFile.read(channel);
        }
    }

    private static List<String> summary(ElfFacts facts) {
        List<String> lines = new ArrayList<>();
        if (facts.interpreter() != null) {
            lines.add("interpreter " + facts.interpreter());
        }
        if (facts.soname() != null) {
            lines.add("SONAME " + facts.soname());
        }
        facts.needed().forEach(n -> lines.add("NEEDED " + n));
        if (!facts.runpath().isEmpty()) {
            lines.add("RUNPATH " + String.join(":", facts.runpath()));
        }
        if (!facts.rpath().isEmpty()) {
            lines.add("RPATH " + String.join(":", facts.rpath()));
        }
        return lines.stream().sorted().toList();
    }

    private static List<String> readelf(Path file) throws Exception {
        Process readelf = new ProcessBuilder("/usr/bin/readelf", "-W", "-l", "-d", file.toString())
                .redirectErrorStream(true)
                .start();
        String text = new String(readelf.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n")) {
            Matcher interpreter = INTERPRETER.matcher(line);
            Matcher name = NAME.matcher(line);
            if (interpreter.find()) {
                lines.add("interpreter " + interpreter.group(1));
            } else if (name.find()
                    && List.of("SONAME", "NEEDED", "RUNPATH", "RPATH").contains(name.group(1))) {
                lines.add(name.group(1) + " " + name.group(2));
            }
        }
        return lines.stream().sorted().toList();
    }
}
