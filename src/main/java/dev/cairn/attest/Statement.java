package dev.cairn.attest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.digest.Digest;
import dev.cairn.oci.JsonObject;
import dev.cairn.oci.JsonStream;
import dev.cairn.oci.JsonWriter;
import dev.cairn.oci.OciException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// An in-toto statement (attestation framework, version 1): a predicate about subjects.
public final class Statement {
    /// The media type of statements in envelopes.
    public static final String MEDIA_TYPE = "application/vnd.in-toto+json";

    private static final String TYPE = "https://in-toto.io/Statement/v1";
    private static final String OLD_TYPE = "https://in-toto.io/Statement/v0.1";
    private static final String PREDICATE = ",\"predicate\":";

    private final List<Subject> subjects;
    private final String predicateType;
    private final byte[] bytes;

    private Statement(List<Subject> subjects, String predicateType, byte[] bytes) {
        this.subjects = List.copyOf(subjects);
        this.predicateType = predicateType;
        this.bytes = bytes;
    }

    /// What it is about.
    public List<Subject> subjects() {
        return subjects;
    }

    /// What sort of predicate it has, an address: see [PredicateType].
    public String predicateType() {
        return predicateType;
    }

    /// The statement as JSON, the predicate included; the caller does not change it.
    public byte[] bytes() {
        return bytes;
    }

    /// What a statement is about.
    ///
    /// @param name its name; may be empty
    /// @param digest its digest
    public record Subject(String name, Digest digest) {}

    /// A statement about one thing.
    ///
    /// @param predicate the predicate, a JSON object
    public static Statement of(Subject subject, String predicateType, byte[] predicate) {
        JsonWriter json = new JsonWriter();
        json.string("_type", TYPE);
        json.array("subject");
        json.object();
        if (!subject.name().isEmpty()) {
            json.string("name", subject.name());
        }
        json.object("digest");
        json.string(subject.digest().algorithm().id(), subject.digest().hex());
        json.end();
        json.end();
        json.endArray();
        json.string("predicateType", predicateType);
        // The predicate goes in as it is: it may be large, and its bytes are its maker's.
        String head = new String(json.finish(), UTF_8);
        String whole = head.substring(0, head.length() - 1) + PREDICATE + new String(predicate, UTF_8) + "}";
        return new Statement(List.of(subject), predicateType, whole.getBytes(UTF_8));
    }

    /// The predicate's bytes in a statement that [#of] made.
    public static byte[] predicateOf(byte[] statement) {
        String text = new String(statement, UTF_8);
        int at = text.indexOf(PREDICATE);
        if (at < 0 || !text.endsWith("}")) {
            throw new AttestException(AttestException.Code.MALFORMED, "a statement of another make");
        }
        return text.substring(at + PREDICATE.length(), text.length() - 1).getBytes(UTF_8);
    }

    /// Reads a statement of version 1 or 0.1; the predicate is not looked at.
    public static Statement parse(byte[] bytes, String what) {
        List<Subject> subjects = new ArrayList<>();
        String type = "";
        String predicateType = "";
        try (JsonStream json = new JsonStream(new ByteArrayInputStream(bytes), what, Envelope.LONGEST)) {
            for (String name = json.next(); name != null; name = json.next()) {
                switch (name) {
                    case "_type" -> type = json.string();
                    case "predicateType" -> predicateType = json.string();
                    case "subject" -> json.objects(each -> subject(each, subjects));
                    default -> json.skip();
                }
            }
        } catch (OciException | IllegalArgumentException e) {
            throw new AttestException(AttestException.Code.MALFORMED, what + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!type.equals(TYPE) && !type.equals(OLD_TYPE)) {
            throw new AttestException(
                    AttestException.Code.MALFORMED, what + " is a '" + type + "', no in-toto statement");
        }
        return new Statement(subjects, predicateType, bytes);
    }

    private static void subject(JsonObject json, List<Subject> subjects) {
        String name = json.optionalString("name");
        JsonObject digests = json.object("digest");
        for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
            String hex = digests.optionalString(algorithm.id());
            if (hex != null) {
                subjects.add(new Subject(name == null ? "" : name, new Digest(algorithm, hex)));
            }
        }
    }

    /// Whether it is about the thing with this digest.
    public boolean isAbout(Digest digest) {
        return subjects.stream().anyMatch(each -> each.digest().equals(digest));
    }

    /// The predicate.
    public JsonObject predicate() {
        return JsonObject.parse(bytes, "statement", Envelope.LONGEST).object("predicate");
    }
}
