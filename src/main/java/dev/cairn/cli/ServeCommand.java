package dev.cairn.cli;

import dev.cairn.registry.http.Limits;
import dev.cairn.server.PackageLayers;
import dev.cairn.server.RegistryServer;
import dev.cairn.server.ServerOptions;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `cairn serve`: a registry, until it is told to stop.
final class ServeCommand implements Command {
    static final String NAME = "serve";

    private final OptionSpec data =
            Spec.text("DIR", "Keep everything in DIR (else CAIRN_DATA, else ~/.local/share/cairn/registry).", "--data");
    private final OptionSpec listen = Spec.textBuilder(
                    "HOST:PORT", "Where to listen; the usual place is 127.0.0.1:5000.", "--listen")
            .initialValue("127.0.0.1:5000")
            .build();
    private final OptionSpec certificate =
            Spec.text("FILE", "TLS: a PEM file with the certificate and those that lead to its issuer.", "--tls-cert");
    private final OptionSpec key = Spec.text("FILE", "TLS: a PEM file with the private key (PKCS #8).", "--tls-key");
    private final OptionSpec plain = Spec.flag(
            "Speak plain HTTP on other addresses than loopback too, for example behind a proxy that does TLS.",
            "--plain-http");
    private final OptionSpec externalUrl = Spec.text(
            "URL", "How clients reach the registry, where a proxy stands before it: https://HOST.", "--external-url");
    private final OptionSpec log = Spec.textBuilder(
                    "FORMAT", "The access log on standard output: json (the usual) or none.", "--access-log")
            .initialValue("json")
            .build();
    private final OptionSpec maxBlob =
            Spec.text("SIZE", "The largest blob that is taken, such as 500M or 20G (the usual).", "--max-blob");
    private final OptionSpec uploads =
            Spec.text("N", "How many upload bodies are read at once (64); others wait their turn.", "--max-uploads");
    private final OptionSpec idle =
            Spec.text("TIME", "Close a connection that is silent for so long, such as 60s (the usual).", "--idle");
    private final OptionSpec grace = Spec.text(
            "TIME",
            "Collect what nobody has touched for so long, such as 24h (the usual); never: no collection.",
            "--gc-grace");

    @Override
    public CommandSpec spec() {
        return Spec.command(
                        this,
                        NAME,
                        "Serve an OCI registry: organisations, tokens, tag history, on one folder.",
                        "cairn serve",
                        "cairn serve --data /srv/registry --listen 0.0.0.0:443 --tls-cert cert.pem --tls-key key.pem")
                .addOption(data)
                .addOption(listen)
                .addOption(certificate)
                .addOption(key)
                .addOption(plain)
                .addOption(externalUrl)
                .addOption(log)
                .addOption(maxBlob)
                .addOption(uploads)
                .addOption(idle)
                .addOption(grace);
    }

    @Override
    public int run(Session session) throws IOException {
        // Jetty's logging: errors come to the access log through our handler
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        ServerOptions options = options(session.environment());
        OutputStream out = logStream();
        RegistryServer server =
                new RegistryServer(options, new PackageLayers(session.cacheDirectory()), out, InstantSource.system());
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> await(stop, stopped)));
        try {
            Path token = server.start();
            session.say("cairn: serving " + options.data() + " at " + server.address());
            if (token != null) {
                session.say("the first owner's token is in " + token);
                session.say("try: docker login -u owner --password-stdin " + host(server) + " < " + token);
            }
            stop.await();
            session.say("cairn: stopping; requests under way have "
                    + RegistryServer.patience().toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            server.close();
            stopped.countDown();
        }
        return ExitCode.DONE;
    }

    /// In the JVM's shutdown: has the main thread close the server, and waits until it has.
    private static void await(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // a server that was told to stop and did has done its work
        Runtime.getRuntime().halt(ExitCode.DONE);
    }

    private static String host(RegistryServer server) {
        return server.address().substring(server.address().indexOf("//") + 2);
    }

    private @Nullable OutputStream logStream() {
        String format = log.getValue();
        return switch (format) {
            case "json" -> new FileOutputStream(FileDescriptor.out);
            case "none" -> null;
            default -> throw usage("no access log '" + format + "'\ntry: --access-log json or --access-log none");
        };
    }

    private ServerOptions options(Map<String, String> environment) {
        String text = listen.getValue();
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        int port = colon < 0 ? -1 : Amount.count(text.substring(colon + 1), "--listen");
        if (host.isEmpty() || port < 0 || port > 65535) {
            throw usage("--listen wants HOST:PORT, found '" + text + "'\ntry: --listen 127.0.0.1:5000");
        }
        ServerOptions.Tls tls = tls();
        if (tls == null && !isLoopback(host) && !plain.<Boolean>getValue()) {
            throw usage("plain HTTP on " + host + " would show passwords to the network\n"
                    + "try: --tls-cert FILE --tls-key FILE, or --plain-http behind a proxy that does TLS");
        }
        Limits usual = Limits.DEFAULT;
        Limits limits = new Limits(
                Amount.bytes(maxBlob, usual.blobBytes()),
                usual.headerBytes(),
                (int) Amount.count(uploads, usual.uploads()),
                usual.connections(),
                Amount.time(idle, usual.idle()),
                usual.header());
        return new ServerOptions(folder(environment), host, port, tls, limits, grace(), external());
    }

    private @Nullable Duration grace() {
        String text = grace.getValue();
        return "never".equals(text) ? null : Amount.time(grace, Duration.ofHours(24));
    }

    private @Nullable String external() {
        String text = externalUrl.getValue();
        if (text == null) {
            return null;
        }
        try {
            return ServerOptions.external(text);
        } catch (IllegalArgumentException e) {
            throw usage("--external-url wants https://HOST[:PORT], found '" + text + "'");
        }
    }

    private ServerOptions.@Nullable Tls tls() {
        String cert = certificate.getValue();
        String its = key.getValue();
        if (cert == null && its == null) {
            return null;
        }
        if (cert == null || its == null) {
            throw usage("--tls-cert and --tls-key go together");
        }
        return new ServerOptions.Tls(Path.of(cert), Path.of(its));
    }

    private Path folder(Map<String, String> environment) {
        String given = data.getValue();
        return given == null ? DataPlace.of(environment) : Path.of(given);
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    private static CliException usage(String message) {
        return new CliException(CliException.Code.USAGE, message);
    }
}
