package dev.cairn.advisory;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// A large JSON document, read as a stream: objects and arrays are walked, and only what is asked for becomes a
/// [Value]. Documents of hundreds of megabytes (Debian's tracker) pass through a small heap.
///
/// Limits: 64 levels; a value that is held has at most 2 million tokens.
final class FeedJson implements AutoCloseable {
    private static final int MOST_TOKENS = 2_000_000;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNumberLength(64)
                    .maxNameLength(1 << 16)
                    .maxStringLength(16 << 20)
                    .build())
            .build();

    private final String what;
    private final JsonParser parser;
    private int tokensLeft;

    FeedJson(InputStream in, String what) {
        this.what = what;
        this.parser = FACTORY.createParser(ObjectReadContext.empty(), in);
    }

    /// A value of the document, generous to what is missing: absent members are [Value#NONE].
    record Value(@Nullable Object raw) {
        static final Value NONE = new Value(null);

        Value get(String name) {
            return raw instanceof Map<?, ?> map && map.containsKey(name) ? new Value(map.get(name)) : NONE;
        }

        boolean isPresent() {
            return raw != null;
        }

        String text() {
            return raw instanceof String text ? text : raw instanceof Number ? raw.toString() : "";
        }

        /// The number, also where it is written as text; NaN when it is none.
        double number() {
            if (raw instanceof Number number) {
                return number.doubleValue();
            }
            try {
                return raw instanceof String text ? Double.parseDouble(text) : Double.NaN;
            } catch (NumberFormatException e) {
                return Double.NaN;
            }
        }

        List<Value> list() {
            List<Value> values = new ArrayList<>();
            if (raw instanceof List<?> list) {
                list.forEach(each -> values.add(new Value(each)));
            }
            return values;
        }

        /// The texts of a list; other elements are left out.
        List<String> texts() {
            List<String> texts = new ArrayList<>();
            list().forEach(each -> {
                if (each.raw instanceof String text) {
                    texts.add(text);
                }
            });
            return texts;
        }

        Map<String, Value> members() {
            Map<String, Value> members = new LinkedHashMap<>();
            if (raw instanceof Map<?, ?> map) {
                map.forEach((key, value) -> members.put((String) key, new Value(value)));
            }
            return members;
        }
    }

    /// The next value of the stream, or null at its end: for one document, and for JSON lines.
    @Nullable
    Value next() throws IOException {
        return guarded(() -> {
            JsonToken token = parser.nextToken();
            return token == null ? null : hold(token);
        });
    }

    /// Walks the document's root object: each member's value is held and given on.
    void members(BiConsumer<String, Value> each) throws IOException {
        guarded(() -> {
            expect(parser.nextToken(), JsonToken.START_OBJECT);
            walkMembers((name, token) -> each.accept(name, hold(token)));
            return null;
        });
    }

    /// Walks the root object; the elements of its array `array` are given one by one, its other members whole.
    void elements(String array, Consumer<Value> element, BiConsumer<String, Value> other) throws IOException {
        guarded(() -> {
            expect(parser.nextToken(), JsonToken.START_OBJECT);
            walkMembers((name, token) -> {
                if (!name.equals(array) || token != JsonToken.START_ARRAY) {
                    other.accept(name, hold(token));
                    return;
                }
                for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
                    element.accept(hold(t));
                }
            });
            return null;
        });
    }

    private interface Walk<T> {
        @Nullable
        T run();
    }

    private <T> @Nullable T guarded(Walk<T> walk) throws IOException {
        try {
            return walk.run();
        } catch (JacksonException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new AdvisoryException(
                    AdvisoryException.Code.MALFORMED, what + ": not JSON: " + e.getOriginalMessage() + place(), e);
        }
    }

    private String place() {
        return " (line " + parser.currentLocation().getLineNr() + ")";
    }

    private void walkMembers(BiConsumer<String, JsonToken> each) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            each.accept(name, parser.nextToken());
        }
        expect(parser.currentToken(), JsonToken.END_OBJECT);
    }

    private void expect(@Nullable JsonToken found, JsonToken wanted) {
        if (found != wanted) {
            throw AdvisoryException.malformed(what, "expected " + wanted + ", found " + found + place());
        }
    }

    private Value hold(@Nullable JsonToken token) {
        tokensLeft = MOST_TOKENS;
        return new Value(tree(token));
    }

    private @Nullable Object tree(@Nullable JsonToken token) {
        if (token == null) {
            throw AdvisoryException.malformed(what, "ends too early" + place());
        }
        if (--tokensLeft < 0) {
            throw new AdvisoryException(AdvisoryException.Code.TOO_LARGE, what + ": one record is too large" + place());
        }
        return switch (token) {
            case START_OBJECT -> {
                Map<String, Object> members = new LinkedHashMap<>();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    Object value = tree(parser.nextToken());
                    if (value != null) {
                        members.put(name, value);
                    }
                }
                yield members;
            }
            case START_ARRAY -> {
                List<Object> elements = new ArrayList<>();
                for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
                    Object value = tree(t);
                    if (value != null) {
                        elements.add(value);
                    }
                }
                yield elements;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                throw AdvisoryException.malformed(what, "unexpected " + token + place());
        };
    }

    @Override
    public void close() {
        parser.close();
    }
}
