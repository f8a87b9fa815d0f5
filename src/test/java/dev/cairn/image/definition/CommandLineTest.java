package dev.cairn.image.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class CommandLineTest {
    @Test
    void splitsAsAShellDoes() {
        assertThat(CommandLine.split("")).isEmpty();
        assertThat(CommandLine.split("  /bin/sh\t-l\n")).containsExactly("/bin/sh", "-l");
        assertThat(CommandLine.split("nginx -g \"daemon off;\"")).containsExactly("nginx", "-g", "daemon off;");
        assertThat(CommandLine.split("a'b c'\"d e\"f g\\ h")).containsExactly("ab cd ef", "g h");
        assertThat(CommandLine.split("'a\\b' \"a\\\"b\\\\\" '' \"\"")).containsExactly("a\\b", "a\"b\\", "", "");
        assertThat(CommandLine.split("$HOME `a` *")).containsExactly("$HOME", "`a`", "*");
        assertThat(CommandLine.split("a #b c\nd e#f")).containsExactly("a", "d", "e#f");
    }

    @Test
    void refusesOpenQuotes() {
        assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.split("a 'b"));
        assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.split("a \"b"));
        assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.split("a\\"));
    }
}
