package dev.cairn.oci;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.JacksonIOException;

/// One JSON object that is too large to hold, member by member; a list of objects element by element. What
/// [JsonObject] refuses is refused here too. Limits: the document's length as the caller says, 64 levels, a million
/// values in one member or element.
///
/// ```
/// for (String name = json.next(); name != null; name = json.next()) {
///     switch (name) {
///         case "version" -> version = json.string();
///         case "packages" -> json.objects(this::add);
///         default -> json.skip();
///     }
/// }
/// ```
public final class JsonStream implements AutoCloseable {
    private static final long TOKENS = 1_000_000;
    private static final int MOST_MEMBERS = 10_000;

    private final String what;
    private final JsonParser parser;
    private final Set<String> names = new HashSet<>();
    private String name = "";

    /// Opens the document; `in` is not closed.
    ///
    /// @param what names the document in messages
    /// @param limit the most bytes that are read
    public JsonStream(InputStream in, String what, long limit) throws IOException {
        this.what = what;
        try {
            this.parser = JsonObject.FACTORY.createParser(ObjectReadContext.empty(), new Bounded(in, what, limit));
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw JsonObject.invalid(what, "expected a JSON object");
            }
        } catch (JacksonException e) {
            throw failed(e);
        }
    }

    /// The name of the next member, whose value must be taken or skipped before the next call; null at the document's
    /// end.
    public @Nullable String next() throws IOException {
        try {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.PROPERTY_NAME) {
                name = parser.currentName();
                if (!names.add(name) || names.size() > MOST_MEMBERS) {
                    throw JsonObject.invalid(what, "the key '" + name + "' occurs twice");
                }
                parser.nextToken();
                return name;
            }
            if (token != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw JsonObject.invalid(
                        what,
                        token == null ? "the JSON document ends too early" : "there is text behind the JSON document");
            }
            return null;
        } catch (JacksonException e) {
            throw failed(e);
        }
    }

    /// Passes over the member.
    public void skip() throws IOException {
        try {
            parser.skipChildren();
            if (parser.currentToken() == null) {
                throw JsonObject.invalid(what, "the JSON document ends too early");
            }
        } catch (JacksonException e) {
            throw failed(e);
        }
    }

    /// The member, a string; empty for `null`.
    public String string() {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> text();
            case VALUE_NULL -> "";
            case null, default -> throw JsonObject.invalid(what, "'" + name + "' is not a string");
        };
    }

    private String text() {
        try {
            return parser.getString();
        } catch (JacksonException e) {
            throw JsonObject.invalid(what, "not JSON: " + e.getOriginalMessage());
        }
    }

    /// The member, an object; an empty one for `null`.
    public JsonObject object() throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return JsonObject.of(java.util.Map.of(), what + "." + name);
        }
        return element(what + "." + name);
    }

    /// Hands over each element of the member, a list of objects; `null` counts as an empty one.
    public void objects(Consumer<JsonObject> each) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw JsonObject.invalid(what, "'" + name + "' is not a list");
        }
        try {
            int i = 0;
            for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
                each.accept(element(what + "." + name + "[" + i++ + "]"));
            }
        } catch (JacksonException e) {
            throw failed(e);
        }
    }

    private JsonObject element(String where) throws IOException {
        try {
            return JsonObject.of(new JsonTree(parser, where, TOKENS).value(parser.currentToken()), where);
        } catch (JacksonException e) {
            throw failed(e);
        }
    }

    /// Jackson wraps what the stream itself throws.
    private OciException failed(JacksonException e) throws IOException {
        if (e instanceof JacksonIOException && e.getCause() instanceof IOException io) {
            throw io;
        }
        return JsonObject.invalid(what, "not JSON: " + e.getOriginalMessage());
    }

    @Override
    public void close() {
        parser.close();
    }

    /// Ends a document that is longer than it may be.
    private static final class Bounded extends FilterInputStream {
        private final String what;
        private final long limit;
        private long read;

        Bounded(InputStream in, String what, long limit) {
            super(in);
            this.what = what;
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n = in.read(bytes, offset, length);
            read += Math.max(0, n);
            if (read > limit) {
                throw new OciException(
                        OciException.Code.TOO_LARGE, what + ": longer than " + limit + " bytes, no more are read");
            }
            return n;
        }

        @Override
        public void close() {
            // The caller's stream stays open.
        }
    }
}
