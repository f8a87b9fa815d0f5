package dev.cairn.testing;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Where the classes under test and their libraries are, for tests that start a JVM of their own.
public final class ClassPath {
    private ClassPath() {}

    /// Every folder and jar, absolute, in order.
    public static List<Path> entries() {
        List<Path> entries = new ArrayList<>();
        if (ClassPath.class.getClassLoader() instanceof URLClassLoader loader) {
            for (URL url : loader.getURLs()) {
                entries.add(path(url));
            }
        } else {
            for (String each : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                entries.add(Path.of(each).toAbsolutePath());
            }
        }
        return entries;
    }

    /// The same as the JVM takes it.
    public static String text() {
        return String.join(
                File.pathSeparator, entries().stream().map(Path::toString).toList());
    }

    private static Path path(URL url) {
        try {
            return Path.of(url.toURI()).toAbsolutePath();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
