package dev.cairn.registry.http;

import dev.cairn.registry.DistributionException;
import dev.cairn.registry.Shown;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Finds who answers a request, and turns what goes wrong into an answer.
public final class RegistryHandler extends Handler.Abstract {
    private static final String V2 = "/v2/";

    private final Endpoints endpoints;
    private final Metrics metrics;
    private final BooleanSupplier ready;
    private final Consumer<String> log;

    /// A handler.
    ///
    /// @param ready whether the server can do its work now
    /// @param log takes defects and refusals of storage
    public RegistryHandler(Endpoints endpoints, Metrics metrics, BooleanSupplier ready, Consumer<String> log) {
        this.endpoints = endpoints;
        this.metrics = metrics;
        this.ready = ready;
        this.log = log;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Exchange exchange = new Exchange(request, response, callback);
        try {
            String path = request.getHttpURI().getDecodedPath();
            String raw = request.getHttpURI().getPath();
            if (path == null || raw.indexOf(';') >= 0) {
                throw new DistributionException(DistributionException.Code.NAME_INVALID, "a path has no ';' here");
            }
            dispatch(exchange, path);
        } catch (DistributionException e) {
            exchange.fail(e.code(), String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            Throwable cause = e.getCause();
            failed(exchange, cause == null ? e : cause);
        } catch (IOException | RuntimeException e) {
            failed(exchange, e);
        }
        return true;
    }

    private void dispatch(Exchange exchange, String path) throws IOException {
        if (path.startsWith(V2)) {
            version2(exchange, path.substring(V2.length()));
            return;
        }
        switch (path) {
            case "/v2" -> endpoints.ping(exchange);
            case "/token" -> endpoints.tokens().handle(exchange);
            case "/token/keys" -> endpoints.tokens().keys(exchange);
            case "/healthz" -> plain(exchange, 200, "ok\n");
            case "/readyz" -> readiness(exchange);
            case "/metrics" -> exchange.send(200, Metrics.TYPE, metrics.text().getBytes(StandardCharsets.UTF_8));
            default -> endpoints.api().handle(exchange, path);
        }
    }

    private void version2(Exchange exchange, String path) throws IOException {
        if (path.isEmpty()) {
            endpoints.ping(exchange);
            return;
        }
        if (path.equals("_catalog")) {
            endpoints.catalog().handle(exchange);
            return;
        }
        switch (Route.of(path)) {
            case Route.OfManifest route -> endpoints.manifests().handle(exchange, route);
            case Route.OfBlob route -> endpoints.blobs().handle(exchange, route);
            case Route.OfUploads route -> endpoints.uploads().handle(exchange, route);
            case Route.OfUpload route -> endpoints.uploads().handle(exchange, route);
            case Route.OfTags route -> endpoints.tags().handle(exchange, route);
            case Route.OfReferrers route -> endpoints.referrers().handle(exchange, route);
            case null ->
                throw new DistributionException(
                        DistributionException.Code.NOT_FOUND, "there is nothing at /v2/" + Shown.of(path));
        }
    }

    private void readiness(Exchange exchange) {
        boolean is = ready.getAsBoolean();
        plain(exchange, is ? 200 : 503, is ? "ready\n" : "not ready\n");
    }

    private static void plain(Exchange exchange, int status, String text) {
        exchange.send(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.US_ASCII));
    }

    /// A client that went away is no matter; a body that breaks HTTP is answered as such; the rest is a defect.
    private void failed(Exchange exchange, Throwable e) {
        if (e instanceof HttpException http) {
            exchange.fail(DistributionException.Code.BAD_REQUEST, String.valueOf(http.getReason()));
        } else if (e instanceof QuietException || e instanceof EOFException || isGone(e)) {
            exchange.abort(e);
        } else {
            metrics.add("cairn_failures_total", 1);
            log.accept("failure: " + e);
            exchange.failInternally();
        }
    }

    private static boolean isGone(Throwable e) {
        String message = String.valueOf(e.getMessage());
        return e instanceof IOException
                && (message.contains("Broken pipe")
                        || message.contains("Connection reset")
                        || e instanceof ClosedChannelException);
    }
}
