package dev.cairn.builder;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is to be built, and what the build may use. By default its commands have no network and nothing of the host
/// but the context.
///
/// @param dockerfile the file; it may lie outside of the context
/// @param context the folder that `COPY` reads from
/// @param arguments values of `ARG`s
/// @param redirects where base images come from
/// @param network whether the commands of the build may use the host's network
/// @param certificates a file with certificates, in PEM, that the commands of the build see in place of
///     [#BUNDLE] while it lasts; it does not get into the image. Null for none
/// @param proxies whether the commands of the build see this process's proxy variables
/// @param reuse whether commands that an earlier build with the same beginning ran need not run again (docker decides
///     for itself)
/// @param limit how long it may take
public record BuildRequest(
        Path dockerfile,
        Path context,
        Map<String, String> arguments,
        List<Redirect> redirects,
        boolean network,
        @Nullable Path certificates,
        boolean proxies,
        boolean reuse,
        Duration limit) {
    /// Where the images of Debian and Alpine have their trusted certificates.
    public static final String BUNDLE = "/etc/ssl/certs/ca-certificates.crt";

    public BuildRequest {
        arguments = Map.copyOf(arguments);
        redirects = List.copyOf(redirects);
    }

    /// A build without network, arguments and redirects, of at most half an hour.
    public static BuildRequest of(Path dockerfile, Path context) {
        return new BuildRequest(
                dockerfile, context, Map.of(), List.of(), false, null, false, false, Duration.ofMinutes(30));
    }

    /// This with values of `ARG`s.
    public BuildRequest withArguments(Map<String, String> values) {
        return new BuildRequest(dockerfile, context, values, redirects, network, certificates, proxies, reuse, limit);
    }

    /// This with other places for base images.
    public BuildRequest withRedirects(List<Redirect> places) {
        return new BuildRequest(dockerfile, context, arguments, places, network, certificates, proxies, reuse, limit);
    }

    /// This with the host's network and proxies, and maybe its certificates.
    public BuildRequest withNetwork(@Nullable Path bundle) {
        return new BuildRequest(dockerfile, context, arguments, redirects, true, bundle, true, reuse, limit);
    }

    /// This, which takes what earlier builds did.
    public BuildRequest reusing() {
        return new BuildRequest(dockerfile, context, arguments, redirects, network, certificates, proxies, true, limit);
    }

    /// This with another limit of time.
    public BuildRequest within(Duration time) {
        return new BuildRequest(dockerfile, context, arguments, redirects, network, certificates, proxies, reuse, time);
    }
}
