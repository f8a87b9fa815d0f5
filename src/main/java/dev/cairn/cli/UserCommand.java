package dev.cairn.cli;

import dev.cairn.oci.JsonObject;
import dev.cairn.oci.JsonWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn user`: the people of a registry.
final class UserCommand implements Command {
    static final String NAME = "user";

    @Override
    public CommandSpec spec() {
        return Spec.command(
                this,
                NAME,
                "Users of a registry: create, passwords, delete.",
                "cairn user create ada",
                "cairn user password ada --password-stdin < new-password");
    }

    @Override
    public int run(Session session) {
        throw new IllegalStateException("a group of commands is not run");
    }

    @Override
    public List<Command> subcommands() {
        return List.of(list(), create(), password(), delete());
    }

    private static PositionalParamSpec name() {
        return Spec.parameter(0, "NAME", "The user.", true);
    }

    private static OptionSpec fromStdin() {
        return Spec.flag("Read the password from standard input instead of asking for it.", "--password-stdin");
    }

    private static Command list() {
        return new ApiCommand("list", "List the users.", List.of(), UserCommand::list, "cairn user list");
    }

    private static void list(Session session, RegistryApi api) throws IOException {
        for (JsonObject user : api.get("users").objects("users")) {
            String kind = user.bool("administrator") ? "administrator" : "";
            session.console().out().println(Text.row(user.string("name"), 32, user.string("created"), 0, kind));
        }
    }

    private static Command create() {
        PositionalParamSpec name = name();
        OptionSpec administrator = Spec.flag("Let the user manage the whole registry.", "--administrator");
        OptionSpec stdin = fromStdin();
        return new ApiCommand(
                "create",
                "Make a user. Give roles with 'cairn org add'.",
                List.of(name, administrator, stdin),
                (session, api) -> {
                    JsonWriter body = new JsonWriter();
                    body.string("name", name.<String>getValue());
                    body.string("password", read(session, stdin));
                    body.bool("administrator", administrator.<Boolean>getValue());
                    api.send("POST", "users", body);
                    session.say("made " + name.getValue() + "\ntry: cairn org add ORG " + name.getValue()
                            + " --role editor");
                },
                "cairn user create ada");
    }

    private static Command password() {
        PositionalParamSpec name = name();
        OptionSpec stdin = fromStdin();
        return new ApiCommand(
                "password",
                "Set a user's password.",
                List.of(name, stdin),
                (session, api) -> {
                    JsonWriter body = new JsonWriter();
                    body.string("password", read(session, stdin));
                    api.send("PUT", "users/" + name.getValue() + "/password", body);
                    session.say("set the password of " + name.getValue());
                },
                "cairn user password ada");
    }

    private static Command delete() {
        PositionalParamSpec name = name();
        return new ApiCommand(
                "delete",
                "Delete a user with all tokens and roles.",
                List.of(name),
                (session, api) -> {
                    api.send("DELETE", "users/" + name.getValue());
                    session.say("deleted " + name.getValue());
                },
                "cairn user delete ada");
    }

    private static String read(Session session, OptionSpec stdin) throws IOException {
        if (!stdin.<Boolean>getValue()) {
            java.io.Console terminal = Terminal.find();
            if (terminal == null) {
                throw new CliException(
                        CliException.Code.USAGE, "there is no terminal to ask for a password\ntry: --password-stdin");
            }
            session.console().flush();
            char[] typed = terminal.readPassword("Password: ");
            char[] again = terminal.readPassword("Once more: ");
            if (typed == null || again == null || !new String(typed).equals(new String(again))) {
                throw new CliException(CliException.Code.USAGE, "the two passwords are not the same");
            }
            return new String(typed);
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = in.readLine();
        return line == null ? "" : line;
    }
}
