package dev.cairn.migrate.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.migrate.shell.Script.Reading;
import dev.cairn.testing.Mutations;
import dev.cairn.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {
    /// Each script and its simple commands, outermost first, each as its words between `|`.
    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "apt-get update 2>&1 && apt-get install -y curl >/dev/null => apt-get|update ; apt-get|install|-y|curl",
                "echo ${x#y} a#b # c && d => echo|${x#y}|a#b",
                "git|tee x&&ls => git ; tee|x ; ls",
                "find . -exec rm {} \\; -o a\\;b => find|.|-exec|rm|{}|\\;|-o|a\\;b",
                "(a; b) & c => a ; b ; c",
                "if a; then b; elif c; then d; else e; fi => a ; b ; c ; d ; e",
                "for p in curl git; do apt-get install $p; done => apt-get|install|$p",
                "while read x; do y; done < f => read|x ; y",
                "case \"$(uname -m)\" in x86*) a ;; (arm|arm64) b;; esac => uname|-m ; a ; b",
                "f() { a \"$1\"; }; f x => a|\"$1\" ; f|x",
                "X=1 Y=\"a b\" env Z=2 cmd => env|Z=2|cmd",
                "echo \"$(a `b` ${c:-$(d)})\" => echo|\"$(a `b` ${c:-$(d)})\" ; a|`b`|${c:-$(d)} ; b ; d",
                "echo $((1 + $(a))) => echo|$((1 + $(a))) ; a",
                "a=(b 'c d') && [[ $x =~ ^(a|b)$ && -f y ]] || e => e",
                "! a | b || time c => a ; b ; c",
                "a 3<>f &>g 2>>h <<<i => a",
                "export A=(1 2) B=$(c) => export|A=(1 2)|B=$(c) ; c",
            })
    void knowsTheSimpleCommands(String script, String expected) {
        assertThat(commands(script)).isEqualTo(expected);
    }

    @Test
    void hereDocumentsAreNoCommands() {
        assertThat(commands("cat <<EOF >x && b\napt-get install\n$(c)\nEOF\nd <<-'E'\n\tone\n\tE\ne"))
                .isEqualTo("cat ; b ; d ; e");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if a; then b",
                "a &&",
                "a | | b",
                "(a",
                "a)",
                "echo 'x",
                "echo \"x",
                "echo `x",
                "echo $(x",
                "${x",
                "a >",
                "case x in a) b",
                "for do",
                "f() ",
                "cat <<E\nx",
                "then",
                "a;;b",
                "coproc a",
                "echo (a)",
                "\\"
            })
    void refusesWhatItDoesNotUnderstand(String script) {
        assertThat(Script.read(script)).isInstanceOf(Reading.Refused.class);
    }

    @Test
    void valuesAreWithoutQuotes() {
        Reading reading = Script.read("a 'b c'\"d\"\\e $x \"\" l*b \"*\" x{a,b}");
        Command.Simple command = (Command.Simple) ((Reading.Understood) reading)
                .script()
                .commands()
                .items()
                .getFirst()
                .command()
                .pipelines()
                .getFirst()
                .commands()
                .getFirst();
        assertThat(command.words())
                .extracting(Word::value)
                .containsExactly("a", "b cde", null, "", "l*b", "*", "x{a,b}");
        assertThat(command.words())
                .extracting(Word::isPlain)
                .containsExactly(true, true, false, true, false, true, false);
    }

    @Test
    void nestingEndsSomewhere() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (String open : List.of("${a:-", "$((", "$(", "(", "((", "\"${a:-", "{ ", "if ", "$(( $(", "f() ")) {
                for (int depth : new int[] {5, 20, 40, 100, 10_000}) {
                    assertThat(Script.read(open.repeat(depth))).isInstanceOf(Reading.Refused.class);
                }
            }
        });
    }

    @Test
    void anyTextIsReadOrRefused() {
        String script = "set -eux; if [ \"$(id -u)\" = 0 ]; then a 2>&1 | b && c || d; fi\nfor i in 1 ${x%%-*}; do "
                + "e $((i+1)) `f \"g\"`; done; case $x in a|b) h;; *) i; esac <<E && { j; } & (k)\nl $(m)\nE\n"
                + "n() { [[ $a =~ (x|y) ]]; }; arr=(o 'p'); q <<<r >s $'t\\'' \\\n u";
        Mutations.of(script.getBytes(StandardCharsets.ISO_8859_1), 2, 30_000, damaged -> {
            String text = new String(damaged, StandardCharsets.ISO_8859_1);
            if (Script.read(text) instanceof Reading.Understood(Script understood)) {
                for (Command.Simple command : Commands.in(understood.commands())) {
                    assertThat(command.start()).isLessThanOrEqualTo(command.end());
                    assertThat(command.end()).isLessThanOrEqualTo(text.length());
                }
            }
        });
    }

    @Test
    void bashUnderstandsWhatIsUnderstood() throws IOException {
        Tool bash = Tool.require("bash");
        String script = "if a && [ -n \"$x\" ]; then b $(c | d) >e; else { f; (g) & }; fi; for i in 1 2; do h; done";
        List<String> disagreements = new ArrayList<>();
        Mutations.of(script.getBytes(StandardCharsets.ISO_8859_1), 3, 150, damaged -> {
            String text = new String(damaged, StandardCharsets.ISO_8859_1);
            boolean ascii = text.chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 127));
            if (ascii
                    && Script.read(text) instanceof Reading.Understood
                    && bash.run("-n", "-c", text).exit() != 0) {
                disagreements.add(text);
            }
        });
        assertThat(disagreements).isEmpty();
    }

    private static String commands(String script) {
        Reading reading = Script.read(script);
        assertThat(reading).isInstanceOf(Reading.Understood.class);
        List<String> shown = new ArrayList<>();
        for (Command.Simple command :
                Commands.in(((Reading.Understood) reading).script().commands())) {
            List<String> words = new ArrayList<>();
            command.words().forEach(w -> words.add(script.substring(w.start(), w.end())));
            if (!words.isEmpty()) {
                shown.add(String.join("|", words));
            }
        }
        return String.join(" ; ", shown);
    }
}
