package dev.cairn.advisory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The feeds that an update reads: one a line, `KIND TARGET LOCATION` between blanks, `-` where a kind has no target;
/// `#` begins a comment. The list that comes with Cairn names the public feeds.
public final class FeedList {
    private static final String DEFAULT = "feeds.list";
    private static final int LONGEST = 1 << 20;

    private FeedList() {}

    /// The public feeds.
    public static List<Feed> standard() {
        return parse(standardText(), DEFAULT);
    }

    /// The text of the list that comes with Cairn, to start one's own from.
    public static String standardText() {
        try (InputStream in = FeedList.class.getResourceAsStream(DEFAULT)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + DEFAULT + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A list of one's own. Relative locations are below the list's folder.
    public static List<Feed> read(Path file) throws IOException {
        if (Files.size(file) > LONGEST) {
            throw new AdvisoryException(AdvisoryException.Code.TOO_LARGE, file + ": too long for a list of feeds");
        }
        List<Feed> feeds = new ArrayList<>();
        for (Feed feed : parse(Files.readString(file), file.toString())) {
            boolean relative = !feed.isRemote() && !Path.of(feed.location()).isAbsolute();
            Path folder = file.toAbsolutePath().getParent();
            feeds.add(
                    relative && folder != null
                            ? new Feed(
                                    feed.kind(),
                                    feed.target(),
                                    folder.resolve(feed.location()).toString())
                            : feed);
        }
        return feeds;
    }

    static List<Feed> parse(String text, String what) {
        List<Feed> feeds = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            String content = line.strip();
            if (content.isEmpty() || content.startsWith("#")) {
                continue;
            }
            String[] words = content.split("\\s+", 3);
            if (words.length < 3) {
                throw AdvisoryException.malformed(
                        what, "line " + number + " is not KIND TARGET LOCATION: '" + content + "'");
            }
            try {
                feeds.add(Feed.of(words[0], words[1], words[2]));
            } catch (AdvisoryException e) {
                throw AdvisoryException.malformed(what, "line " + number + ": " + e.getMessage());
            }
        }
        return feeds;
    }
}
