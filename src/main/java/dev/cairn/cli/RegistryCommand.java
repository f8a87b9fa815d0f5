package dev.cairn.cli;

import dev.cairn.oci.JsonObject;
import dev.cairn.oci.JsonWriter;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn registry`: what an administrator does with a running registry.
final class RegistryCommand implements Command {
    static final String NAME = "registry";

    @Override
    public CommandSpec spec() {
        return Spec.command(
                this,
                NAME,
                "Look after a running registry: garbage collection, scrubbing, visibility, mirrors.",
                "cairn registry gc",
                "cairn registry visibility my.co/python public",
                "cairn registry mirror 'library/*' 'my.co/*'");
    }

    @Override
    public int run(Session session) {
        throw new IllegalStateException("a group of commands is not run");
    }

    @Override
    public List<Command> subcommands() {
        return List.of(gc(), scrub(), visibility(), mirrors(), mirror(), unmirror());
    }

    private static Command gc() {
        OptionSpec grace = Spec.text(
                "TIME",
                "Leave alone what was touched in this time; 24h if not given. No push takes longer.",
                "--grace");
        return new ApiCommand(
                "gc",
                "Delete blobs that no manifest needs, and tell how many bytes the disk has back.",
                List.of(grace),
                (session, api) -> {
                    String time = grace.getValue();
                    String query = time == null
                            ? ""
                            : "?grace=" + Amount.time(time, "--grace").toSeconds();
                    JsonObject done = Objects.requireNonNull(api.send("POST", "gc" + query), "an answer");
                    session.console()
                            .out()
                            .println("freed " + Text.bytes(done.integer("freed")) + ": "
                                    + Text.count(done.integer("deleted"), "blob") + ", "
                                    + Text.bytes(done.integer("uploadBytes")) + " of uploads, "
                                    + Text.count(done.integer("orphans"), "orphan") + "; "
                                    + Text.count(done.integer("condemned"), "blob") + " condemned for the next time");
                },
                "cairn registry gc --grace 1h");
    }

    private static Command scrub() {
        OptionSpec remove = Spec.flag("Take damaged blobs away, so that the next push brings them anew.", "--remove");
        return new ApiCommand(
                "scrub",
                "Read every blob and compare its digest.",
                List.of(remove),
                (session, api) -> {
                    JsonObject done =
                            Objects.requireNonNull(api.send("POST", "scrub?remove=" + remove.getValue()), "an answer");
                    List<String> damaged = done.strings("damaged");
                    session.console()
                            .out()
                            .println(Text.count(done.integer("blobs"), "blob") + ", "
                                    + Text.bytes(done.integer("bytes")) + ": " + damaged.size() + " damaged");
                    damaged.forEach(session.console().out()::println);
                },
                "cairn registry scrub");
    }

    private static Command visibility() {
        PositionalParamSpec repository = Spec.parameter(0, "REPOSITORY", "The repository, as ORG/NAME.", true);
        PositionalParamSpec who = Spec.parameter(1, "WHO", "public (everybody may pull) or private.", true);
        return new ApiCommand(
                "visibility",
                "Make a repository public or private.",
                List.of(repository, who),
                (session, api) -> {
                    String value = who.getValue();
                    if (!value.equals("public") && !value.equals("private")) {
                        throw new CliException(
                                CliException.Code.USAGE, "'" + value + "' is neither public nor private");
                    }
                    JsonWriter body = new JsonWriter();
                    body.string("repository", repository.<String>getValue());
                    body.bool("public", value.equals("public"));
                    api.send("PUT", "visibility", body);
                    session.say(repository.getValue() + " is " + value);
                },
                "cairn registry visibility my.co/python public");
    }

    private static Command mirrors() {
        return new ApiCommand(
                "mirrors",
                "List the mirror table.",
                List.of(),
                (session, api) -> {
                    api.get("mirrors")
                            .stringMap("mirrors")
                            .forEach((from, to) -> session.console().out().println(from + " -> " + to));
                },
                "cairn registry mirrors");
    }

    private static Command mirror() {
        PositionalParamSpec from = Spec.parameter(0, "FROM", "A name elsewhere: library/python, or library/*.", true);
        PositionalParamSpec to =
                Spec.parameter(1, "TO", "The repository that answers: my.co/python, or my.co/*.", true);
        return new ApiCommand(
                "mirror",
                "Answer clients that use this registry as a mirror of another one.",
                List.of(from, to),
                (session, api) -> {
                    JsonWriter body = new JsonWriter();
                    body.string("from", from.<String>getValue());
                    body.string("to", to.<String>getValue());
                    api.send("PUT", "mirrors", body);
                    session.say(from.getValue() + " is answered from " + to.getValue());
                },
                "cairn registry mirror 'library/*' 'my.co/*'");
    }

    private static Command unmirror() {
        PositionalParamSpec from = Spec.parameter(0, "FROM", "The row, as 'cairn registry mirrors' shows it.", true);
        return new ApiCommand(
                "unmirror",
                "Take a row of the mirror table away.",
                List.of(from),
                (session, api) -> {
                    api.send("DELETE", "mirrors?from=" + RegistryApi.encoded(from.getValue()));
                    session.say(from.getValue() + " is not answered any more");
                },
                "cairn registry unmirror 'library/*'");
    }
}
