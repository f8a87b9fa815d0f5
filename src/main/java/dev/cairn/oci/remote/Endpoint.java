package dev.cairn.oci.remote;

import dev.cairn.oci.remote.RegistryException.Code;
import java.net.URI;

/// A registry's address: its host, and whether it is spoken to without TLS.
///
/// @param registry the host as references name it
/// @param base `https://host` or `http://host:port`
record Endpoint(String registry, URI base) {

    /// `http` for this machine's own addresses, or where `plainHttp` is asked for.
    static Endpoint of(String registry, boolean plainHttp) {
        String host = registry.equals("docker.io") ? "registry-1.docker.io" : registry;
        URI https = URI.create("https://" + host);
        if (https.getHost() == null) {
            throw new RegistryException(Code.REFUSED, "'" + registry + "' is no registry's address");
        }
        return new Endpoint(registry, plainHttp || isLoopback(https) ? URI.create("http://" + host) : https);
    }

    static boolean isLoopback(URI uri) {
        String host = uri.getHost();
        return host != null
                && (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]") || host.equals("::1"));
    }

    /// The address of a path below `/v2/`.
    URI at(String path) {
        return base.resolve("/v2/" + path);
    }

    /// An address that the registry gave, maybe relative. From TLS there is no way back to plain HTTP.
    URI follow(URI from, String location) {
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new RegistryException(Code.BAD_ANSWER, registry + ": sent us to something that is no address");
        }
        boolean http = "http".equals(to.getScheme());
        if (to.getHost() == null || !(http || "https".equals(to.getScheme()))) {
            throw new RegistryException(Code.BAD_ANSWER, registry + ": sent us to something that is no web address");
        }
        if (http && "https".equals(from.getScheme())) {
            throw new RegistryException(Code.BAD_ANSWER, registry + ": sent us from https to http://" + to.getHost());
        }
        return to;
    }

    static boolean sameHost(URI a, URI b) {
        return a.getScheme().equals(b.getScheme())
                && a.getHost().equalsIgnoreCase(b.getHost())
                && a.getPort() == b.getPort();
    }
}
