package dev.cairn.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.Mutations;
import org.junit.jupiter.api.Test;

/// Files that people write by hand, and those of the history, damaged: each is read or refused by name.
class HostileRulesTest {
    private interface Attempt {
        Object run();
    }

    private static void readOrRefused(Attempt attempt) {
        try {
            assertThat(attempt.run()).isNotNull();
        } catch (ScanException expected) {
            assertThat(expected.getMessage()).contains("here");
        }
    }

    @Test
    void ignoreRules() {
        byte[] rules = """
                # known
                CVE-2024-1234 openssl until 2026-12-31 by jo@example.org: the cipher is not compiled in
                GHSA-aaaa until 2026-12-31 by jo: never called
                """.getBytes(UTF_8);
        assertThat(IgnoreRule.parseAll(new String(rules, UTF_8), "here")).hasSize(2);
        Mutations.of(
                rules, 1, 3000, bytes -> readOrRefused(() -> IgnoreRule.parseAll(new String(bytes, UTF_8), "here")));
    }

    @Test
    void policies() {
        byte[] policy = """
                title  Ours
                source internal standard 12
                only   fixable
                critical 3 from fix
                high     7 from fix
                medium  30 from discovery
                known-exploited cisa-due-date
                """.getBytes(UTF_8);
        assertThat(Policy.parse(new String(policy, UTF_8), "ours", "here").title())
                .isEqualTo("Ours");
        Mutations.of(
                policy, 2, 3000, bytes -> readOrRefused(() -> Policy.parse(new String(bytes, UTF_8), "ours", "here")));
    }

    @Test
    void listsOfPackages() {
        byte[] list = History.packages(
                Bills.of(Bills.debian("12"), Bills.component("deb", "debian", "libssl3", "3.0.13-1", "openssl")));
        Mutations.of(list, 3, 3000, bytes -> readOrRefused(() -> History.parse(bytes, "here")));
    }
}
