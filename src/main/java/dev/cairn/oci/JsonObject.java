package dev.cairn.oci;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// A JSON object read from bytes that nobody vouches for, with typed access to its members.
///
/// Limits: the document's length as the caller says, 64 levels, 65,536 tokens for each started MiB. A key that
/// occurs twice in one object, text behind the document and anything else that RFC 8259 does not allow are refused.
/// A member that is `null` counts as absent, since Go's programs write it for empty lists.
///
/// Start-up: only Jackson's streaming core is used, and no `switch` over types, whose first linking is slow. What
/// remains at the first document, some 30 ms, is the JDK's own: Jackson's parser initialises `BigDecimal`, which in
/// JDK 25 computes its tables then. Writing ([JsonWriter]) does not pay that, so a build need not.
public final class JsonObject {
    private static final int DEEPEST = 64;
    private static final long TOKENS_PER_MEBIBYTE = 1 << 16;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(32)
                    .maxNameLength(1 << 16)
                    .build())
            .build();

    private final String where;
    private final Map<String, Object> members;

    private JsonObject(String where, Map<String, Object> members) {
        this.where = where;
        this.members = members;
    }

    /// Reads a document that is one object.
    ///
    /// @param what names the document in messages
    /// @param limit the largest length in bytes that is read
    public static JsonObject parse(byte[] bytes, String what, int limit) {
        return of(read(bytes, what, limit), what);
    }

    /// Reads a document that is an array of objects.
    public static List<JsonObject> parseArray(byte[] bytes, String what, int limit) {
        if (!(read(bytes, what, limit) instanceof List<?> list)) {
            throw invalid(what, "expected a JSON array");
        }
        List<JsonObject> objects = new ArrayList<>();
        for (Object element : list) {
            objects.add(of(element, what + "[" + objects.size() + "]"));
        }
        return objects;
    }

    private static Object read(byte[] bytes, String what, int limit) {
        if (bytes.length > limit) {
            throw new OciException(
                    OciException.Code.TOO_LARGE, what + ": " + bytes.length + " bytes, at most " + limit + " are read");
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            long tokens = ((bytes.length >> 20) + 1) * TOKENS_PER_MEBIBYTE;
            Object root = new JsonTree(parser, what, tokens).value(parser.nextToken());
            if (parser.nextToken() != null) {
                throw invalid(what, "there is text behind the JSON document");
            }
            return root;
        } catch (JacksonException e) {
            throw invalid(what, "not JSON: " + e.getOriginalMessage());
        }
    }

    static JsonObject of(Object value, String where) {
        if (!(value instanceof Map<?, ?> map)) {
            throw invalid(where, "expected a JSON object");
        }
        Map<String, Object> members = new LinkedHashMap<>();
        map.forEach((key, member) -> {
            if (member != JsonTree.Absent.NULL) {
                members.put((String) key, member);
            }
        });
        return new JsonObject(where, members);
    }

    /// Whether there is a member of this name that is not `null`.
    public boolean has(String name) {
        return members.containsKey(name);
    }

    /// Whether the member is a list: some formats changed a member from a list to an object.
    public boolean isList(String name) {
        return members.get(name) instanceof List;
    }

    /// The names of the members that are not `null`, in the document's order.
    public Set<String> names() {
        return Collections.unmodifiableSet(members.keySet());
    }

    /// The member, which must be there and be a string.
    public String string(String name) {
        String value = optionalString(name);
        if (value == null) {
            throw invalid(where, "'" + name + "' is missing");
        }
        return value;
    }

    /// The member, which must be a string where it is there.
    public @Nullable String optionalString(String name) {
        Object value = members.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw unexpected(name, "a string", value);
    }

    /// The member, which must be there and be an integer.
    public long integer(String name) {
        Object value = members.get(name);
        if (value instanceof Long number) {
            return number;
        }
        throw value == null ? invalid(where, "'" + name + "' is missing") : unexpected(name, "an integer", value);
    }

    /// The member, or `fallback` where it is not there.
    public long integer(String name, long fallback) {
        return has(name) ? integer(name) : fallback;
    }

    /// The member, false where it is not there.
    public boolean bool(String name) {
        Object value = members.get(name);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw unexpected(name, "true or false", value);
    }

    /// The member, which must be there and be an object.
    public JsonObject object(String name) {
        JsonObject object = optionalObject(name);
        if (object == null) {
            throw invalid(where, "'" + name + "' is missing");
        }
        return object;
    }

    /// The member, which must be an object where it is there.
    public @Nullable JsonObject optionalObject(String name) {
        Object value = members.get(name);
        return value == null ? null : of(value, where + "." + name);
    }

    /// The member, a list of objects; empty where it is not there.
    public List<JsonObject> objects(String name) {
        List<JsonObject> objects = new ArrayList<>();
        for (Object element : list(name)) {
            objects.add(of(element, where + "." + name + "[" + objects.size() + "]"));
        }
        return objects;
    }

    /// The member, a list of strings; empty where it is not there.
    public List<String> strings(String name) {
        List<String> strings = new ArrayList<>();
        for (Object element : list(name)) {
            if (!(element instanceof String text)) {
                throw unexpected(name, "a list of strings", element);
            }
            strings.add(text);
        }
        return strings;
    }

    private List<?> list(String name) {
        Object value = members.get(name);
        if (value == null || value instanceof List<?>) {
            return value == null ? List.of() : (List<?>) value;
        }
        throw unexpected(name, "a list", value);
    }

    /// The member, an object whose members are all strings; empty where it is not there.
    public SortedMap<String, String> stringMap(String name) {
        SortedMap<String, String> map = new TreeMap<>();
        JsonObject object = optionalObject(name);
        if (object != null) {
            for (String key : object.members.keySet()) {
                map.put(key, object.string(key));
            }
        }
        return map;
    }

    /// The exception for a member of this object that cannot be: `document.member: problem`.
    public OciException invalid(String name, Exception cause) {
        OciException exception =
                new OciException(OciException.Code.INVALID_DOCUMENT, where + "." + name + ": " + cause.getMessage());
        exception.initCause(cause);
        return exception;
    }

    private OciException unexpected(String name, String expected, Object found) {
        return invalid(where, "'" + name + "' is " + kind(found) + ", expected " + expected);
    }

    static OciException invalid(String where, String problem) {
        return new OciException(OciException.Code.INVALID_DOCUMENT, where + ": " + problem);
    }

    private static String kind(Object value) {
        if (value instanceof String) {
            return "a string";
        }
        if (value instanceof Number) {
            return "a number";
        }
        if (value instanceof Boolean) {
            return "a boolean";
        }
        return value instanceof List ? "a list" : value instanceof Map ? "an object" : "null";
    }
}
