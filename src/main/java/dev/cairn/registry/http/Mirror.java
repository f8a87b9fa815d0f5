package dev.cairn.registry.http;

import dev.cairn.registry.Mirrors;
import dev.cairn.registry.Repository;
import java.util.function.Consumer;

/// Answers for images of another registry that clients ask for under their names there: what to look at instead.
final class Mirror {
    private final Mirrors mirrors;
    private final Consumer<String> log;

    Mirror(Mirrors mirrors, Consumer<String> log) {
        this.mirrors = mirrors;
        this.log = log;
    }

    /// The repository that answers for this one: itself, unless a row of the table says otherwise.
    String source(String repository) {
        return mirrors.source(repository);
    }

    /// Notes that a tag was answered from elsewhere, or could not be: docker then goes to the public registry without a
    /// word.
    void answered(Route.OfManifest route, Repository source, boolean found) {
        if (source.name().text().equals(route.repository()) || route.reference().indexOf(':') >= 0) {
            return;
        }
        String asked = route.repository() + ":" + route.reference();
        log.accept(
                found
                        ? "substituted " + source.name() + ":" + route.reference() + " for " + asked
                        : "mirror has no answer for " + asked + " (looked at " + source.name() + ")");
    }
}
