package dev.cairn.image.layer;

import dev.cairn.digest.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The kept form of [PackageFacts].
final class FactsCodec {
    private static final LayerForm[] FORMS = LayerForm.values();

    private FactsCodec() {}

    static byte[] encode(PackageFacts facts) {
        Encoder out = new Encoder();
        layer(out, facts.layer());
        out.text(facts.note());
        out.number(facts.newest());
        out.number(facts.installedSize());
        out.number(facts.directories().size());
        facts.directories().forEach(directory -> FileList.encode(out, directory));
        out.number(facts.paths().size());
        for (int i = 0; i < facts.paths().size(); i++) {
            out.fixed(facts.paths().at(i));
        }
        texts(out, facts.needed());
        texts(out, facts.sonames());
        out.number(facts.captured().size());
        new TreeMap<>(facts.captured()).forEach((path, content) -> {
            out.text(path);
            out.bytes(content);
        });
        facts.stanza().encode(out);
        facts.checksums().encode(out);
        out.bytes(facts.files().encoded());
        return out.toByteArray();
    }

    static PackageFacts decode(Decoder in) {
        StoredLayer layer = layer(in);
        String note = in.text();
        long newest = in.number();
        long installedSize = in.number();
        List<FileFact> directories = new ArrayList<>();
        for (int i = in.count(); i > 0; i--) {
            directories.add(FileList.decode(in));
        }
        PathHashes paths = hashes(in);
        List<String> needed = texts(in);
        List<String> sonames = texts(in);
        Map<String, byte[]> captured = new TreeMap<>();
        for (int i = in.count(); i > 0; i--) {
            captured.put(in.text(), in.bytes());
        }
        return new PackageFacts(
                layer,
                note,
                newest,
                installedSize,
                directories,
                paths,
                needed,
                sonames,
                captured,
                Piece.decode(in),
                Piece.decode(in),
                new FileList(in.bytes()));
    }

    static void layer(Encoder out, StoredLayer layer) {
        out.text(layer.form().name());
        out.text(layer.digest().toString());
        out.number(layer.size());
        out.text(layer.diffId().toString());
        out.number(layer.tarSize());
        out.text(layer.container().toString());
        out.number(layer.offset());
    }

    static StoredLayer layer(Decoder in) {
        return new StoredLayer(form(in), digest(in), in.number(), digest(in), in.number(), digest(in), in.number());
    }

    private static LayerForm form(Decoder in) {
        String name = in.text();
        for (LayerForm form : FORMS) {
            if (form.name().equals(name)) {
                return form;
            }
        }
        throw Decoder.damaged();
    }

    private static PathHashes hashes(Decoder in) {
        long[] hashes = new long[in.count()];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = in.fixed();
        }
        return new PathHashes(hashes);
    }

    private static void texts(Encoder out, List<String> texts) {
        out.number(texts.size());
        texts.forEach(out::text);
    }

    private static List<String> texts(Decoder in) {
        List<String> texts = new ArrayList<>();
        for (int i = in.count(); i > 0; i--) {
            texts.add(in.text());
        }
        return texts;
    }

    private static Digest digest(Decoder in) {
        try {
            return Digest.parse(in.text());
        } catch (IllegalArgumentException e) {
            throw Decoder.damaged();
        }
    }
}
