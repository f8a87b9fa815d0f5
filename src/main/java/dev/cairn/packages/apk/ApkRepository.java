package dev.cairn.packages.apk;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// An apk repository as `/etc/apk/repositories` or a definition names it: `[@tag] ADDRESS`, where the address is an
/// HTTP(S) or `file:` URL or a folder. Below it lie `<arch>/APKINDEX.tar.gz` and the packages. An address that already
/// ends in `/<arch>` or in `/APKINDEX.tar.gz` is taken for what was meant.
///
/// @param tag the tag without its `@`, or empty: packages of a tagged repository are only used where `name@tag` asks
/// @param address the address as written, without a trailing slash or index name; it names the repository in locks
/// @param base the address as a URI, without a trailing slash
public record ApkRepository(String tag, String address, URI base) {
    private static final String INDEX = "APKINDEX.tar.gz";

    /// Reads a line; a folder that is relative is relative to the working folder.
    ///
    /// @throws ApkException ([ApkException.Code#SYNTAX])
    public static ApkRepository parse(String line) {
        return parse(line, Path.of(""));
    }

    /// Reads a line; a folder that is relative is relative to `folder`.
    ///
    /// @throws ApkException ([ApkException.Code#SYNTAX])
    public static ApkRepository parse(String line, Path folder) {
        String text = line.strip();
        String tag = "";
        if (text.startsWith("@")) {
            int end = 1;
            while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
                end++;
            }
            tag = text.substring(1, end);
            text = text.substring(end).strip();
            if (tag.isEmpty()) {
                throw invalid(line);
            }
        }
        String address = trimmed(text);
        if (address.isEmpty() || address.startsWith("#")) {
            throw invalid(line);
        }
        return new ApkRepository(tag, address, base(address, line, folder));
    }

    private static String trimmed(String text) {
        String address = text;
        if (address.endsWith("/" + INDEX)) {
            address = address.substring(0, address.length() - INDEX.length());
        }
        while (address.length() > 1 && address.endsWith("/")) {
            address = address.substring(0, address.length() - 1);
        }
        return address;
    }

    private static URI base(String address, String line, Path folder) {
        String lower = address.toLowerCase(Locale.ROOT);
        boolean isUrl = lower.startsWith("http://") || lower.startsWith("https://") || lower.startsWith("file:");
        try {
            if (isUrl) {
                URI uri = new URI(address);
                return lower.startsWith("file:") ? folderUri(Path.of(uri.getPath())) : uri;
            }
            if (address.contains("://")) {
                throw invalid(line);
            }
            return folderUri(folder.resolve(address));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw invalid(line);
        }
    }

    private static URI folderUri(Path folder) {
        return URI.create(trimmed(folder.toAbsolutePath().normalize().toUri().toString()));
    }

    private static ApkException invalid(String line) {
        return new ApkException(
                ApkException.Code.SYNTAX,
                "'" + line + "' is no apk repository: expected [@tag] and an http, https or file URL, or a folder");
    }

    /// Whether it is a folder of this machine.
    public boolean isLocal() {
        return "file".equals(base.getScheme());
    }

    /// Where its index for this architecture is.
    public URI index(String architecture) {
        return URI.create(folder(architecture) + "/" + INDEX);
    }

    /// Where the file at this path (`x86_64/musl-1.2.5-r0.apk`) is.
    public URI file(String path) {
        int slash = path.indexOf('/');
        return URI.create(folder(path.substring(0, slash)) + "/" + encoded(path.substring(slash + 1)));
    }

    private String folder(String architecture) {
        String text = base.toString();
        boolean flat = text.endsWith("/" + architecture) || (isLocal() && isFlat(architecture));
        return flat ? text : text + "/" + architecture;
    }

    /// A folder that holds the index itself and has none for the architecture.
    private boolean isFlat(String architecture) {
        Path folder = Path.of(base);
        return !Files.exists(folder.resolve(architecture).resolve(INDEX)) && Files.exists(folder.resolve(INDEX));
    }

    private static String encoded(String fileName) {
        return fileName.replace("%", "%25")
                .replace("~", "%7E")
                .replace("+", "%2B")
                .replace(" ", "%20");
    }

    /// The line that [#parse(String)] reads.
    @Override
    public String toString() {
        return tag.isEmpty() ? address : "@" + tag + " " + address;
    }
}
