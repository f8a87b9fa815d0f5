package dev.cairn.fetch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which HTTP proxy an address is reached through, by the habits of curl: `http_proxy`, `https_proxy`, `all_proxy` and
/// `no_proxy` (hosts, domains, each with a port if need be, or `*`); all but the first in upper case as well.
public final class Proxies {
    /// Every address is reached directly.
    public static final Proxies NONE = new Proxies(null, null, List.of());

    private final @Nullable URI http;
    private final @Nullable URI https;
    private final List<String> direct;

    private Proxies(@Nullable URI http, @Nullable URI https, List<String> direct) {
        this.http = http;
        this.https = https;
        this.direct = List.copyOf(direct);
    }

    /// The proxies that this environment names.
    public static Proxies of(Map<String, String> environment) {
        String all = either(environment, "all_proxy");
        String http = environment.getOrDefault("http_proxy", "");
        String https = either(environment, "https_proxy");
        List<String> direct = new ArrayList<>();
        for (String name : either(environment, "no_proxy").split("[,\\s]+", -1)) {
            if (!name.isEmpty()) {
                direct.add(name.toLowerCase(Locale.ROOT));
            }
        }
        return new Proxies(
                parse(http.isEmpty() ? all : http, "http_proxy"),
                parse(https.isEmpty() ? all : https, "https_proxy"),
                direct);
    }

    private static String either(Map<String, String> environment, String name) {
        String lower = environment.getOrDefault(name, "");
        return lower.isEmpty() ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "") : lower;
    }

    private static @Nullable URI parse(String text, String variable) {
        if (text.isEmpty()) {
            return null;
        }
        URI uri;
        try {
            uri = URI.create(text.contains("://") ? text : "http://" + text);
        } catch (IllegalArgumentException e) {
            // Not quoted: it may hold a password.
            throw new FetchException(FetchException.Code.BAD_ADDRESS, "the proxy in " + variable + " is no URL");
        }
        if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new FetchException(
                    FetchException.Code.BAD_ADDRESS,
                    "the proxy in " + variable + " cannot be used (expected http://host:port)");
        }
        return uri;
    }

    /// The proxy's address for `target`, or null for none.
    @Nullable
    URI proxyFor(URI target) {
        URI proxy = "https".equals(target.getScheme()) ? https : http;
        return proxy == null || isDirect(target) ? null : proxy;
    }

    /// The same as the JDK wants it.
    static Proxy toProxy(@Nullable URI proxy) {
        if (proxy == null) {
            return Proxy.NO_PROXY;
        }
        // curl's default proxy port is 1080; every other client's is the scheme's, 80.
        int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port));
    }

    /// The same for the JDK's newer HTTP client.
    public ProxySelector toSelector() {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI target) {
                return List.of(toProxy(proxyFor(target)));
            }

            @Override
            public void connectFailed(URI target, SocketAddress proxy, IOException failure) {
                // Nothing is remembered: each request says itself how it failed.
            }
        };
    }

    private boolean isDirect(URI target) {
        String host = target.getHost().toLowerCase(Locale.ROOT);
        int port = target.getPort() >= 0 ? target.getPort() : "https".equals(target.getScheme()) ? 443 : 80;
        for (String name : direct) {
            if (name.equals("*") || matches(host, name) || matches(host + ":" + port, name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String host, String name) {
        String domain = name.startsWith("*.") ? name.substring(2) : name.startsWith(".") ? name.substring(1) : name;
        return host.equals(domain) || host.endsWith("." + domain);
    }
}
