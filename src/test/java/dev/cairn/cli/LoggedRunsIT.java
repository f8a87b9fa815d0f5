package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.mapping.Distribution;
import dev.cairn.mapping.Distribution.Family;
import dev.cairn.migrate.dockerfile.Corpora;
import dev.cairn.migrate.dockerfile.CorpusMeasure;
import dev.cairn.migrate.dockerfile.TestTargets;
import dev.cairn.testing.SharedData;
import dev.cairn.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs every changed RUN of the tests before and after: both do the same but for the package manager.
class LoggedRunsIT {
    private static final Path MISTAKES = Path.of("src/test/resources/dev/cairn/migrate/dockerfile/mistakes");

    /// Idioms that are a package manager's work as a whole: marking what ELF files need before the rest is purged,
    /// the script that adds a repository, the helper that compiles an extension. They go with the calls.
    private static final String[] WHOLE_IDIOMS = {
        """
        apt-mark-official.txt:2
        before [app --version, awk /=\\>/\\ \\{\\ print\\ \\$\\(NF-1\\)\\ \\}, cut -d: -f1, dpkg --print-architecture, \
        find /usr/local -type f -executable -exec ldd \\{\\} \\;, make ARCH= install, sort -u, \
        xargs -r apt-mark manual, xargs -r dpkg-query --search]
        after  [app --version, dpkg --print-architecture, make ARCH= install]""", """
        node-setup.txt:2
        before [bash -, curl -fsSL https://packages.nodesource.example/setup_24.x]
        after  []""", """
        php-extensions.txt:2
        before [nproc, rm -rf /tmp/pear]
        after  []""",
    };

    @TempDir
    Path scratch;

    @Test
    void logsWordsAndRunsNothing() throws IOException {
        Tool.require("bwrap");
        List<String> scripts = List.of(
                "git clone \"a b\" && cd /x || never; for i in 1 2; do make -C $i; done",
                "/usr/bin/curl -f http://example.org && tar x; while true; do :; done",
                "rm -rf /; echo done > /etc/passwd");
        assertThat(LoggedRuns.run(scripts, scratch))
                .containsExactly(
                        List.of("git clone a\\ b ", "cd /x ", "make -C 1 ", "make -C 2 "),
                        List.of("curl -f http://example.org ", "tar x "),
                        List.of("rm -rf / "));
    }

    @Test
    void knownMistakesDoTheSame() throws IOException {
        CorpusMeasure measure = measure(MISTAKES);
        assertThat(measure.bodyNames()).hasSizeGreaterThan(40);
        assertThat(differences(measure)).containsExactly(WHOLE_IDIOMS);
    }

    @Test
    void filesThatAreHardToReadDoTheSame() throws IOException {
        CorpusMeasure measure = measure(SharedData.require("dockerfiles/cases"));
        assertThat(measure.counts().violations()).isEmpty();
        assertThat(differences(measure)).isEmpty();
    }

    private static CorpusMeasure measure(Path folder) throws IOException {
        CorpusMeasure measure = new CorpusMeasure(TestTargets.to(Distribution.WOLFI));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                int start = text.indexOf("==== before\n");
                int end = text.indexOf("\n==== ", start + 1);
                String before = start < 0 ? text : text.substring(start + 12, end + 1);
                measure.add(file.getFileName().toString(), before.getBytes(StandardCharsets.ISO_8859_1), () -> 0);
            }
        }
        return measure;
    }

    private List<String> differences(CorpusMeasure measure) throws IOException {
        Tool.require("bwrap");
        List<List<String>> before = LoggedRuns.run(measure.bodiesBefore(), scratch.resolve("before"));
        List<List<String>> after = LoggedRuns.run(measure.bodiesAfter(), scratch.resolve("after"));
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            List<String> was = Corpora.others(before.get(i), Family.DEB, false).stream()
                    .sorted()
                    .toList();
            List<String> is = Corpora.others(after.get(i), Family.DEB, false).stream()
                    .sorted()
                    .toList();
            if (!was.equals(is)) {
                differences.add(measure.bodyNames().get(i) + "\nbefore " + was + "\nafter  " + is);
            }
        }
        return differences;
    }
}
