package dev.cairn.oci;

import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/// Writes one JSON object as compact UTF-8, each key where it is called for: the same calls give the same bytes.
public final class JsonWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    private final JsonGenerator json = JsonObject.FACTORY.createGenerator(ObjectWriteContext.empty(), out);

    /// A writer inside the root object.
    public JsonWriter() {
        json.writeStartObject();
    }

    /// `"name":"value"`.
    public void string(String name, String value) {
        json.writeStringProperty(name, value);
    }

    /// `"name":"value"`, or nothing where there is no value.
    public void optionalString(String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, value);
        }
    }

    /// `"name":number`.
    public void number(String name, long value) {
        json.writeNumberProperty(name, value);
    }

    /// `"name":1.5`.
    public void decimal(String name, double value) {
        json.writeNumberProperty(name, value);
    }

    /// `"name":true` or `"name":false`.
    public void bool(String name, boolean value) {
        json.writeBooleanProperty(name, value);
    }

    /// `"name":["a","b"]`, in the collection's order.
    public void strings(String name, Collection<String> values) {
        array(name);
        for (String value : values) {
            json.writeString(value);
        }
        endArray();
    }

    /// `"name":{"key":"value"}`, or nothing where the map is empty.
    public void optionalMap(String name, SortedMap<String, String> map) {
        if (!map.isEmpty()) {
            object(name);
            map.forEach(json::writeStringProperty);
            end();
        }
    }

    /// `"name":{"key":{}}`, the form of the image configuration's sets, or nothing where the set is empty.
    public void optionalSet(String name, SortedSet<String> set) {
        if (!set.isEmpty()) {
            object(name);
            for (String key : set) {
                object(key);
                end();
            }
            end();
        }
    }

    /// Begins the object `"name":{`; [#end] ends it.
    public void object(String name) {
        json.writeName(name);
        json.writeStartObject();
    }

    /// Begins an object that is an array's element; [#end] ends it.
    public void object() {
        json.writeStartObject();
    }

    /// Ends the current object.
    public void end() {
        json.writeEndObject();
    }

    /// Begins the array `"name":[`; [#endArray] ends it.
    public void array(String name) {
        json.writeName(name);
        json.writeStartArray();
    }

    /// Ends the current array.
    public void endArray() {
        json.writeEndArray();
    }

    /// Ends the root object; its bytes.
    public byte[] finish() {
        json.writeEndObject();
        json.close();
        return out.toByteArray();
    }
}
