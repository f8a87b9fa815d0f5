package dev.cairn.cli;

import dev.cairn.fetch.CacheDirectory;
import dev.cairn.fetch.Downloader;
import dev.cairn.fetch.ProgressListener;
import dev.cairn.fetch.Proxies;
import dev.cairn.oci.remote.DockerCredentials;
import dev.cairn.oci.remote.RegistryClient;
import dev.cairn.oci.remote.RegistryOptions;
import dev.cairn.oci.source.ImageSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What every command works with: where it prints and the options that all commands share.
///
/// @param console where to print
/// @param environment the process's environment
/// @param cache the folder given with `--cache`, or null for the default one
/// @param offline whether the network is off limits
/// @param quiet whether only results and errors are printed
record Session(
        Console console,
        Map<String, String> environment,
        @Nullable Path cache,
        boolean offline,
        boolean quiet) {

    /// A progress printer for one piece of work; close it when the work is over.
    Progress progress(String work) {
        return new Progress(console, quiet, work, System::nanoTime);
    }

    /// The cache that the options and the environment name.
    CacheDirectory cacheDirectory() {
        return cache == null ? CacheDirectory.of(environment) : new CacheDirectory(cache);
    }

    /// A downloader into that cache which tells `listener` how it goes.
    Downloader downloader(ProgressListener listener) {
        return new Downloader(cacheDirectory(), downloads(listener));
    }

    /// How downloads are made; they tell `listener` how it goes.
    Downloader.Options downloads(ProgressListener listener) {
        return Downloader.Options.of(environment).withOffline(offline).withListener(listener);
    }

    /// How registries are spoken to: with docker's credentials and the environment's proxies.
    RegistryOptions registries() {
        return RegistryOptions.ANONYMOUS
                .withCredentials(new DockerCredentials(environment))
                .withProxies(Proxies.of(environment));
    }

    /// The image that a person names: a layout, an archive, or a registry's.
    ImageSource image(String name) throws IOException {
        return ImageSource.open(name, offline ? Optional.empty() : Optional.of(() -> new RegistryClient(registries())));
    }

    /// A line about the work, on the error stream; none when quiet.
    void say(String line) {
        if (!quiet) {
            console.err().println(line);
        }
    }

    /// A warning, on the error stream, quiet or not.
    void warn(String message) {
        console.err().println(console.errStyled(Console.Style.YELLOW, "cairn: warning: ") + message);
    }
}
