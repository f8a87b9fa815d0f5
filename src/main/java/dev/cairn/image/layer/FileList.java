package dev.cairn.image.layer;

import dev.cairn.archive.TarEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Every entry of a package's layer in layer order, kept encoded and read when it is first asked for: an assembly looks
/// at the entries of few packages, and a thousand packages' lists would fill the heap.
public final class FileList {
    private final Source source;

    /// Where the encoded list comes from.
    interface Source {
        byte[] read() throws IOException;
    }

    FileList(Source source) {
        this.source = source;
    }

    static FileList of(List<FileFact> files) {
        Encoder out = new Encoder();
        out.number(files.size());
        for (FileFact file : files) {
            encode(out, file);
        }
        byte[] encoded = out.toByteArray();
        return new FileList(() -> encoded);
    }

    static void encode(Encoder out, FileFact file) {
        out.text(file.path());
        out.text(file.type().name());
        out.number(file.mode());
        out.number(file.uid());
        out.number(file.gid());
        if (file.type() == TarEntry.Type.DIRECTORY) {
            return;
        }
        out.number(file.size());
        out.text(file.link());
        out.text(file.interpreter());
        out.fixed(file.content().high());
        out.fixed(file.content().middle());
        out.fixed(file.content().low());
    }

    static FileFact decode(Decoder in) {
        String path = in.text();
        TarEntry.Type type = in.entryType();
        int mode = in.count();
        long uid = in.number();
        long gid = in.number();
        if (type == TarEntry.Type.DIRECTORY) {
            return new FileFact(path, type, mode, uid, gid, 0, "", "", ContentId.NONE);
        }
        long size = in.number();
        String link = in.text();
        String interpreter = in.text();
        ContentId content = new ContentId(in.fixed(), in.fixed(), (int) in.fixed());
        return new FileFact(path, type, mode, uid, gid, size, link, interpreter, content);
    }

    /// The entries.
    public List<FileFact> decode() {
        Decoder in = new Decoder(encoded());
        int count = in.count();
        List<FileFact> files = new ArrayList<>(Math.min(count, 1 << 16));
        for (int i = 0; i < count; i++) {
            files.add(decode(in));
        }
        return Collections.unmodifiableList(files);
    }

    byte[] encoded() {
        try {
            return source.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
