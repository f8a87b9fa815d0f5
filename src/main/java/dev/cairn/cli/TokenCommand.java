package dev.cairn.cli;

import dev.cairn.oci.JsonObject;
import dev.cairn.oci.JsonWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn token`: tokens in place of passwords.
final class TokenCommand implements Command {
    static final String NAME = "token";

    @Override
    public CommandSpec spec() {
        return Spec.command(
                this,
                NAME,
                "Tokens of a registry, in place of passwords: create, list, revoke.",
                "cairn token create --scope my.co/*:pull --expires 30d",
                "cairn token revoke 5f0c6a1be2d34987");
    }

    @Override
    public int run(Session session) {
        throw new IllegalStateException("a group of commands is not run");
    }

    @Override
    public List<Command> subcommands() {
        return List.of(list(), create(), revoke());
    }

    private static Command list() {
        return new ApiCommand(
                "list",
                "List your tokens and those of your robots.",
                List.of(),
                (session, api) -> {
                    for (JsonObject token : api.get("tokens").objects("tokens")) {
                        String expires = token.optionalString("expires");
                        String scopes = String.join(" ", token.strings("scopes"));
                        session.console()
                                .out()
                                .println(Text.row(
                                        token.string("id"),
                                        18,
                                        token.string("account"),
                                        24,
                                        "until "
                                                + (expires == null ? "revoked" : expires)
                                                + (scopes.isEmpty() ? "" : "  " + scopes)
                                                + (token.string("label").isEmpty()
                                                        ? ""
                                                        : "  # " + token.string("label"))));
                    }
                },
                "cairn token list");
    }

    private static Command create() {
        OptionSpec account =
                Spec.text("ACCOUNT", "Whose it is: you if not given, or a robot as ORG/NAME.", "--account");
        OptionSpec scopes = Spec.texts(
                "SCOPE", "Limit it to ORG/NAME:pull,push or ORG/*:pull; may be given several times.", "--scope");
        OptionSpec expires = Spec.text(
                "TIME", "How long it is taken: 30d, 12h (days are counted), never; 90d if not given.", "--expires");
        OptionSpec label = Spec.textBuilder("TEXT", "What it is for.", "--label")
                .initialValue("")
                .build();
        return new ApiCommand(
                "create",
                "Make a token and print it: the only time that it is shown.",
                List.of(account, scopes, expires, label),
                (session, api) -> create(
                        session,
                        api,
                        account.getValue(),
                        Arrays.asList(scopes.<String[]>getValue()),
                        label.getValue(),
                        expires.getValue()),
                "cairn token create --account my.co/ci --scope my.co/*:pull,push --expires 30d");
    }

    static void create(
            Session session,
            RegistryApi api,
            @Nullable String account,
            List<String> scopes,
            String label,
            @Nullable String expires)
            throws IOException {
        JsonWriter body = new JsonWriter();
        body.optionalString("account", account);
        body.strings("scopes", scopes);
        body.string("label", label);
        if (expires != null) {
            Duration time = expires.equals("never") ? Duration.ZERO : Amount.time(expires, "--expires");
            body.number("days", expires.equals("never") ? 0 : Math.max(1, time.toDays()));
        }
        JsonObject made = Objects.requireNonNull(api.send("POST", "tokens", body), "an answer");
        session.console().out().println(made.string("token"));
        session.say("try: docker login -u " + made.string("account") + " --password-stdin " + api.host());
    }

    private static Command revoke() {
        PositionalParamSpec id = Spec.parameter(0, "ID", "The token, as 'cairn token list' shows it.", true);
        return new ApiCommand(
                "revoke",
                "Make a token worthless, at once.",
                List.of(id),
                (session, api) -> {
                    api.send("DELETE", "tokens/" + id.getValue());
                    session.say("revoked " + id.getValue());
                },
                "cairn token revoke 5f0c6a1be2d34987");
    }
}
