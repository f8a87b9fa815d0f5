package dev.cairn.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.packages.Resolution;
import dev.cairn.packages.ResolvedPackage;
import dev.cairn.testing.Mutations;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SolverTest {
    private final List<SuiteIndex> suites = new ArrayList<>();

    private SolverTest suite(String name, int priority, String packages) {
        suites.add(new SuiteIndex(index(packages), "debian " + name + " main", name, name, name, priority));
        return this;
    }

    private static PackagesIndex index(String packages) {
        StringBuilder text = new StringBuilder();
        for (String row : packages.strip().split("\n", -1)) {
            String[] parts = row.strip().split("; *", -1);
            String[] nameAndVersion = parts[0].split(" ", -1);
            text.append("Package: ")
                    .append(nameAndVersion[0])
                    .append("\nVersion: ")
                    .append(nameAndVersion[1]);
            text.append("\nArchitecture: amd64\nFilename: pool/x.deb\nSize: 1\nSHA256: ");
            text.append(dev.cairn.digest.Digest.of(row.getBytes(StandardCharsets.UTF_8))
                    .hex());
            for (int i = 1; i < parts.length; i++) {
                text.append('\n').append(parts[i]);
            }
            text.append("\n\n");
        }
        return read(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static PackagesIndex read(byte[] packages) {
        try {
            ByteArrayOutputStream compact = new ByteArrayOutputStream();
            PackagesIndexWriter.write(new ByteArrayInputStream(packages), "amd64", compact);
            return new PackagesIndex(ByteBuffer.wrap(compact.toByteArray()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Resolution resolve(String... world) {
        return Solver.solve(suites, "amd64", List.of(world));
    }

    private List<String> pins(String... world) {
        return switch (resolve(world)) {
            case Resolution.Solved solved ->
                solved.packages().stream().map(ResolvedPackage::pin).toList();
            case Resolution.Unsolvable unsolvable -> throw new AssertionError(unsolvable.reasons());
        };
    }

    private String reasons(String... world) {
        return switch (resolve(world)) {
            case Resolution.Solved solved -> throw new AssertionError(solved.packages());
            case Resolution.Unsolvable unsolvable -> String.join("\n", unsolvable.reasons());
        };
    }

    @Test
    void aNameMayNameTheArchitecture() {
        suite("s", 500, """
                a 1
                b 1; Multi-Arch: allowed
                """);
        assertThat(pins("a:amd64", "b:any")).containsExactlyInAnyOrder("a=1", "b=1");
        assertThat(pins("a:any")).containsExactly("a=1");
        assertThat(reasons("a:arm64")).contains("a:arm64");
    }

    @Test
    void takesTheFirstAlternativeThatWorks() {
        suite("s", 500, """
                a 1; Depends: gone | b | c
                b 1; Depends: missing
                c 1
                """);
        assertThat(pins("a")).containsExactly("c=1", "a=1");
    }

    @Test
    void prefersTheRealPackageThenPriorityThenTheLaterName() {
        suite("s", 500, """
                a 1; Depends: mta
                exim 1; Priority: optional; Provides: mta
                postfix 1; Priority: optional; Provides: mta
                nullmailer 1; Priority: extra; Provides: mta
                """);
        assertThat(pins("a")).containsExactly("postfix=1", "a=1");
        assertThat(pins("a", "nullmailer")).containsExactly("nullmailer=1", "a=1");
    }

    @Test
    void aVersionedNeedWantsAVersionedProvides() {
        suite("s", 500, """
                a 1; Depends: v (>= 2)
                p 1; Provides: v
                q 1; Provides: v (= 3)
                """);
        assertThat(pins("a")).containsExactly("q=1", "a=1");
    }

    @Test
    void anyIsAnsweredOnlyByWhatAllowsIt() {
        suite("s", 500, """
                a 1; Depends: python:any
                b 1; Depends: perl:any
                python 3; Multi-Arch: allowed
                perl 5
                """);
        assertThat(pins("a")).containsExactly("python=3", "a=1");
        assertThat(reasons("b")).contains("b 1 needs perl:any");
    }

    @Test
    void theHigherVersionOfEqualSuitesAndTheHigherPriorityWin() {
        suite("stable", 500, "a 1").suite("security", 500, "a 1+deb1").suite("experimental", 1, "a 9");
        assertThat(pins("a")).containsExactly("a=1+deb1");
        assertThat(pins("a=1")).containsExactly("a=1");
        assertThat(pins("a/experimental")).containsExactly("a=9");
        assertThat(pins("a<2")).containsExactly("a=1+deb1");
    }

    @Test
    void aSecondProviderThatCameAlongIsInstalledToo() {
        suite("s", 500, """
                a 1; Depends: api
                cli 1; Provides: api
                debugger 1; Depends: cli; Provides: api
                """);
        assertThat(pins("a")).contains("cli=1", "debugger=1", "a=1");
    }

    @Test
    void aSuiteThatIsNamedBringsWhatTheRequestNeedsFromIt() {
        suite("stable", 500, """
                libc 3; Depends: base
                base 1
                """);
        suite("fixes", 500, """
                net 2; Depends: libc (>= 1)
                libc 2
                """);
        assertThat(pins("net")).contains("libc=3");
        assertThat(pins("net/fixes")).containsExactly("libc=2", "net=2");
    }

    @Test
    void conflictsOfRequestsAreExplained() {
        suite("s", 500, """
                a 1; Depends: x
                b 1; Conflicts: x
                x 1
                """);
        assertThat(reasons("a", "b")).contains("x");
        assertThat(reasons("a=7")).isEqualTo("No version of a fits a=7; there is 1 (debian s main).");
    }

    @Test
    void aBrokenNeedIsToldWithItsChain() {
        suite("s", 500, """
                a 1; Depends: b
                b 1; Depends: c (>= 2)
                c 1
                """);
        assertThat(reasons("a")).contains("a 1 needs b; b 1 needs c (>= 2), but the repositories have c 1.");
        assertThat(reasons("aa")).contains("There is no package aa", "did you mean a");
    }

    @Test
    void whatMustStayOutStaysOut() {
        suite("s", 500, """
                a 1; Depends: b | c
                b 1
                c 1
                """);
        assertThat(pins("a", "!b")).containsExactly("c=1", "a=1");
        assertThat(pins("a", "b-")).containsExactly("c=1", "a=1");
    }

    @Test
    void aVirtualPackageCanBeAskedForWhenOneProvidesIt() {
        suite("s", 500, """
                p 1; Provides: v, w
                q 1; Provides: w
                """);
        assertThat(pins("v")).containsExactly("p=1");
        assertThat(reasons("w")).isEqualTo("w is a virtual package; name one that provides it: p, q.");
    }

    @Test
    void damagedIndexesAreRefusedCleanly() {
        byte[] text = """
                Package: a
                Version: 1:2.0-1
                Depends: b (>= 1) | c, d:any
                Provides: e (= 2)
                Multi-Arch: allowed

                Package: b
                Version: 1
                """.getBytes(StandardCharsets.UTF_8);
        Mutations.of(text, 7, 500, damaged -> {
            try {
                PackagesIndex index = read(damaged);
                for (int number = 0; number < index.names(); number++) {
                    for (int position : index.defining(number)) {
                        index.row(position);
                    }
                }
            } catch (DebException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        });
    }
}
