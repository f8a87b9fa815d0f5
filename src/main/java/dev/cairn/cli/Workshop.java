package dev.cairn.cli;

import dev.cairn.fetch.Downloader;
import dev.cairn.image.ImageBuilder;
import dev.cairn.image.Repositories;

/// What commands that resolve and build work with.
///
/// @param repositories where packages come from
/// @param builder what makes images of them
record Workshop(Repositories repositories, ImageBuilder builder) {
    static Workshop open(Session session, DefinitionOptions options, Progress progress) {
        Downloader downloader = session.downloader(new DownloadProgress(progress));
        Repositories repositories = new Repositories(downloader, options.trust(), () -> options.mirror(session));
        return new Workshop(repositories, new ImageBuilder(repositories, downloader.cache()));
    }
}
