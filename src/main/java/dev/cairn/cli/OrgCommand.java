package dev.cairn.cli;

import dev.cairn.oci.JsonObject;
import dev.cairn.oci.JsonWriter;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn org`: a registry's organisations, their members and robots.
final class OrgCommand implements Command {
    static final String NAME = "org";

    @Override
    public CommandSpec spec() {
        return Spec.command(
                this,
                NAME,
                "Organisations of a registry: create, members and their roles, robots.",
                "cairn org create my.co",
                "cairn org add my.co ada --role editor",
                "cairn org robot my.co ci --role editor");
    }

    @Override
    public int run(Session session) {
        throw new IllegalStateException("a group of commands is not run");
    }

    @Override
    public List<Command> subcommands() {
        return List.of(list(), create(), members(), add(), remove(), robot());
    }

    private static PositionalParamSpec organisation() {
        return Spec.parameter(0, "ORG", "The organisation.", true);
    }

    private static PositionalParamSpec account() {
        return Spec.parameter(1, "ACCOUNT", "A user, or a robot as ORG/NAME.", true);
    }

    private static OptionSpec role() {
        return Spec.textBuilder(
                        "ROLE",
                        "viewer (sees tags), puller, editor (pushes and deletes) or owner (manages); puller if not given.",
                        "--role")
                .initialValue("puller")
                .build();
    }

    private static Command list() {
        return new ApiCommand(
                "list",
                "List the organisations that you belong to.",
                List.of(),
                (session, api) -> {
                    for (String name : api.get("organisations").strings("organisations")) {
                        session.console().out().println(name);
                    }
                },
                "cairn org list");
    }

    private static Command create() {
        PositionalParamSpec organisation = organisation();
        return new ApiCommand(
                "create",
                "Make an organisation: repositories ORG/… belong to it.",
                List.of(organisation),
                (session, api) -> {
                    JsonWriter body = new JsonWriter();
                    body.string("name", organisation.<String>getValue());
                    api.send("POST", "organisations", body);
                    session.say("made " + organisation.getValue() + ": push to " + api.host() + "/"
                            + organisation.getValue() + "/NAME");
                },
                "cairn org create my.co");
    }

    private static Command members() {
        PositionalParamSpec organisation = organisation();
        return new ApiCommand(
                "members",
                "List members and roles.",
                List.of(organisation),
                (session, api) -> {
                    for (JsonObject member : api.get("organisations/" + organisation.getValue() + "/members")
                            .objects("members")) {
                        session.console()
                                .out()
                                .println(Text.row(member.string("account"), 32, "", 0, member.string("role")));
                    }
                },
                "cairn org members my.co");
    }

    private static Command add() {
        PositionalParamSpec organisation = organisation();
        PositionalParamSpec account = account();
        OptionSpec role = role();
        return new ApiCommand(
                "add",
                "Give an account a role, or another one.",
                List.of(organisation, account, role),
                (session, api) -> {
                    JsonWriter body = new JsonWriter();
                    body.string("role", role.<String>getValue());
                    api.send(
                            "PUT", "organisations/" + organisation.getValue() + "/members/" + account.getValue(), body);
                    session.say(account.getValue() + " is " + role.getValue() + " of " + organisation.getValue());
                },
                "cairn org add my.co ada --role editor");
    }

    private static Command remove() {
        PositionalParamSpec organisation = organisation();
        PositionalParamSpec account = account();
        return new ApiCommand(
                "remove",
                "Take an account's role away.",
                List.of(organisation, account),
                (session, api) -> {
                    api.send("DELETE", "organisations/" + organisation.getValue() + "/members/" + account.getValue());
                    session.say(account.getValue() + " is no member of " + organisation.getValue() + " any more");
                },
                "cairn org remove my.co ada");
    }

    private static Command robot() {
        PositionalParamSpec organisation = organisation();
        PositionalParamSpec name = Spec.parameter(1, "NAME", "The robot's name; it is ORG/NAME from then on.", true);
        OptionSpec role = role();
        return new ApiCommand(
                "robot",
                "Make an account for a machine, and print a token for it: the only time that it is shown.",
                List.of(organisation, name, role),
                (session, api) -> robot(session, api, organisation.getValue(), name.getValue(), role.getValue()),
                "cairn org robot my.co ci --role editor > ci-token");
    }

    private static void robot(Session session, RegistryApi api, String organisation, String name, String role)
            throws IOException {
        JsonWriter body = new JsonWriter();
        body.string("name", name);
        body.string("role", role);
        api.send("POST", "organisations/" + organisation + "/robots", body);
        TokenCommand.create(session, api, organisation + "/" + name, List.of(), "made with the robot", null);
    }
}
