package dev.cairn.image.layer;

import dev.cairn.digest.Digest;
import dev.cairn.packages.deb.Alternative;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The kept form of [PackageFacts], its file list excepted: that is most of it, seldom looked at and kept beside.
final class FactsCodec {
    /// Raise it when what is kept of a package changes: records of another version are not read.
    static final String VERSION = "3";

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
        out.number(facts.objects().size());
        facts.objects().forEach(object -> object.encode(out));
        alternatives(out, facts.alternatives());
        out.number(facts.captured().size());
        new TreeMap<>(facts.captured()).forEach((path, content) -> {
            out.text(path);
            out.bytes(content);
        });
        facts.stanza().encode(out);
        facts.checksums().encode(out);
        return out.toByteArray();
    }

    static PackageFacts decode(Decoder in, FileList files) {
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
        List<ElfObject> objects = new ArrayList<>();
        for (int i = in.count(); i > 0; i--) {
            objects.add(ElfObject.decode(in));
        }
        List<Alternative> alternatives = alternatives(in);
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
                objects,
                alternatives,
                captured,
                Piece.decode(in),
                Piece.decode(in),
                files);
    }

    private static void alternatives(Encoder out, List<Alternative> alternatives) {
        out.number(alternatives.size());
        for (Alternative each : alternatives) {
            texts(out, List.of(each.link(), each.name(), each.path(), Integer.toString(each.priority())));
            out.number(each.followers().size());
            each.followers().forEach(one -> texts(out, List.of(one.link(), one.name(), one.path())));
        }
    }

    private static List<Alternative> alternatives(Decoder in) {
        List<Alternative> alternatives = new ArrayList<>();
        for (int i = in.count(); i > 0; i--) {
            List<String> head = texts(in);
            List<Alternative.Follower> followers = new ArrayList<>();
            for (int j = in.count(); j > 0; j--) {
                List<String> one = texts(in);
                followers.add(new Alternative.Follower(one.get(0), one.get(1), one.get(2)));
            }
            alternatives.add(
                    new Alternative(head.get(0), head.get(1), head.get(2), Integer.parseInt(head.get(3)), followers));
        }
        return alternatives;
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

    static void texts(Encoder out, List<String> texts) {
        out.number(texts.size());
        texts.forEach(out::text);
    }

    static List<String> texts(Decoder in) {
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
