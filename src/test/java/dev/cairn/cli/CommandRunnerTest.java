package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

class CommandRunnerTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void runsACommandWithItsOptionsAndParameters() {
        assertThat(run("greet", "--word", "hi", "ann", "bob")).isZero();
        assertThat(out()).isEqualTo("hi ann\nhi bob\n");
    }

    @Test
    void optionsOfEveryCommandMayStandBeforeOrBehindItsName() {
        assertThat(run("--offline", "greet", "ann")).isZero();
        assertThat(run("greet", "--cache", "d", "-q", "ann")).isZero();
        assertThat(out()).isEqualTo("hello ann\nhello ann\n");
        assertThat(err()).isEqualTo("offline\ncache d\n");
    }

    @Test
    void everythingBehindTwoDashesIsAParameter() {
        assertThat(run("greet", "--", "--word", "greet")).isZero();
        assertThat(out()).isEqualTo("hello --word\nhello greet\n");
    }

    @Test
    void helpNamesTheCommandsAndShowsExamples() {
        assertThat(run("--help")).isZero();
        assertThat(out())
                .contains(
                        "greet",
                        "group",
                        "Examples:",
                        "Options of every command:",
                        "cairn build examples/redis.yaml",
                        "--offline");
        assertThat(err()).isEmpty();
    }

    @Test
    void helpOfACommandShowsItsExamples() {
        assertThat(run("greet", "--help")).isZero();
        assertThat(out()).contains("Usage: cairn greet", "--word", "Examples:", "  cairn greet ann 100%");
    }

    @Test
    void noCommandShowsHelp() {
        assertThat(run()).isZero();
        assertThat(out()).contains("Usage: cairn");
        assertThat(run("group")).isZero();
        assertThat(out()).contains("Usage: cairn group", "below");
    }

    @Test
    void aMistypedCommandIsToldTheNearest() {
        assertThat(run("gret", "ann")).isEqualTo(2);
        assertThat(err()).isEqualTo("cairn: error: 'cairn' has no command 'gret'\ntry: cairn greet\n");
    }

    @Test
    void aMistypedOptionIsToldTheNearest() {
        assertThat(run("greet", "--wrod=x", "ann")).isEqualTo(2);
        assertThat(err()).isEqualTo("cairn: error: 'cairn greet' has no option '--wrod'\ntry: cairn greet --word\n");
    }

    @Test
    void aMissingParameterIsNamed() {
        assertThat(run("greet")).isEqualTo(2);
        assertThat(err()).isEqualTo("cairn: error: 'cairn greet' wants NAME\ntry: cairn greet --help\n");
    }

    @Test
    void aMissingOptionValueIsNamed() {
        assertThat(run("greet", "ann", "--word")).isEqualTo(2);
        assertThat(err()).isEqualTo("cairn: error: --word of 'cairn greet' wants WORD\ntry: cairn greet --help\n");
    }

    @Test
    void failuresBecomeWordsAndExitCodes() {
        assertThat(run("greet", "missing")).isEqualTo(3);
        assertThat(err()).isEqualTo("cairn: error: no such file: x.yaml\n");
        err.reset();
        assertThat(run("greet", "usage")).isEqualTo(2);
        assertThat(err()).isEqualTo("cairn: error: not so\ntry: otherwise\n");
        err.reset();
        assertThat(run("greet", "bug")).isEqualTo(3);
        assertThat(err()).contains("should not have happened", "--debug").doesNotContain("\tat ");
        err.reset();
        assertThat(run("greet", "--debug", "bug")).isEqualTo(3);
        assertThat(err()).contains("IllegalStateException", "\tat ");
    }

    private int run(String... args) {
        Console console = new Console(out, err, false, false, false);
        int code = new CommandRunner(console, Map.of(), new TwoCommands()).run(args);
        console.flush();
        return code;
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static final class TwoCommands implements CommandTable {
        @Override
        public List<String> names() {
            return List.of("greet", "group");
        }

        @Override
        public @Nullable Command named(String name) {
            return name.equals("greet") ? new Greet("greet") : new Group();
        }
    }

    private static final class Group implements Command {
        @Override
        public CommandSpec spec() {
            return Spec.command(this, "group", "Has a command below.");
        }

        @Override
        public int run(Session session) {
            throw new AssertionError("a group is not run");
        }

        @Override
        public List<Command> subcommands() {
            return List.of(new Greet("below"));
        }
    }

    private static final class Greet implements Command {
        private final OptionSpec word = Spec.text("WORD", "What to say.", "--word");
        private final PositionalParamSpec names = Spec.parameters(0, "NAME", "Whom to greet.", true);
        private final String name;

        Greet(String name) {
            this.name = name;
        }

        @Override
        public CommandSpec spec() {
            return Spec.command(this, name, "Greets.", "cairn greet ann 100%")
                    .addOption(word)
                    .addPositional(names);
        }

        @Override
        public int run(Session session) throws IOException {
            if (session.offline()) {
                session.say("offline");
            }
            if (session.cache() != null) {
                session.console().err().println("cache " + session.cache());
            }
            for (String who : names.<String[]>getValue()) {
                switch (who) {
                    case "missing" -> throw new NoSuchFileException("x.yaml");
                    case "usage" -> throw new CliException(CliException.Code.USAGE, "not so\ntry: otherwise");
                    case "bug" -> throw new IllegalStateException("bug");
                    default -> {
                        String greeting = word.getValue();
                        session.console().out().println((greeting == null ? "hello" : greeting) + " " + who);
                    }
                }
            }
            return ExitCode.DONE;
        }
    }
}
