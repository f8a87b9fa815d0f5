package dev.cairn.oci;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Puts a parser's tokens into maps, lists, strings, longs, doubles, booleans and [Absent], as many as are allowed.
final class JsonTree {
    private final JsonParser parser;
    private final String what;
    private long tokensLeft;

    JsonTree(JsonParser parser, String what, long tokens) {
        this.parser = parser;
        this.what = what;
        this.tokensLeft = tokens;
    }

    /// A member that is `null`.
    enum Absent {
        NULL
    }

    Object value(@Nullable JsonToken token) {
        if (token == null) {
            throw JsonObject.invalid(what, "the JSON document ends too early");
        }
        if (--tokensLeft < 0) {
            throw new OciException(OciException.Code.TOO_LARGE, what + ": too many values");
        }
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> Absent.NULL;
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                throw JsonObject.invalid(what, "unexpected " + token);
        };
    }

    private Object integer() {
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> parser.getDoubleValue();
        };
    }

    private Map<String, Object> object() {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (members.put(name, value(parser.nextToken())) != null) {
                throw JsonObject.invalid(what, "the key '" + name + "' occurs twice");
            }
        }
        return members;
    }

    private List<Object> array() {
        List<Object> elements = new ArrayList<>();
        for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
            elements.add(value(t));
        }
        return elements;
    }
}
