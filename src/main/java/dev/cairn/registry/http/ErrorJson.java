package dev.cairn.registry.http;

import dev.cairn.oci.JsonWriter;

/// The body of an error (OCI distribution-spec, "Error Codes").
final class ErrorJson {
    static final int LONGEST = 2000;

    private ErrorJson() {}

    static byte[] of(String code, String message) {
        JsonWriter json = new JsonWriter();
        json.array("errors");
        json.object();
        json.string("code", code);
        json.string("message", message);
        json.end();
        json.endArray();
        return json.finish();
    }
}
