package dev.cairn.oci.remote;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How a registry wants to be asked: the header `WWW-Authenticate` (RFC 9110, section 11.6.1).
///
/// @param bearer whether a token is wanted; else user and password
/// @param parameters `realm`, `service`, `scope`, names in lower case
record Challenge(boolean bearer, Map<String, String> parameters) {

    /// The best challenge that we can answer: a token before a password; null where there is none.
    static @Nullable Challenge choose(List<String> headers) {
        Challenge basic = null;
        for (String header : headers) {
            int space = header.indexOf(' ');
            String scheme = (space < 0 ? header : header.substring(0, space));
            Map<String, String> parameters = parameters(space < 0 ? "" : header.substring(space + 1));
            if (scheme.equalsIgnoreCase("Bearer") && parameters.containsKey("realm")) {
                return new Challenge(true, parameters);
            }
            if (scheme.equalsIgnoreCase("Basic")) {
                basic = new Challenge(false, parameters);
            }
        }
        return basic;
    }

    /// Reads `name="value", name=value`; what cannot be read ends the list.
    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new TreeMap<>();
        int at = 0;
        while (at < text.length()) {
            int equals = text.indexOf('=', at);
            if (equals < 0) {
                break;
            }
            String name = text.substring(at, equals).strip().toLowerCase(Locale.ROOT);
            StringBuilder value = new StringBuilder();
            at = equals + 1;
            if (at < text.length() && text.charAt(at) == '"') {
                at = quoted(text, at + 1, value);
            }
            int comma = text.indexOf(',', at);
            int end = comma < 0 ? text.length() : comma;
            value.append(value.isEmpty() ? text.substring(at, end).strip() : "");
            parameters.putIfAbsent(name, value.toString());
            at = end + 1;
        }
        return parameters;
    }

    /// Appends a quoted string's content; where what follows its closing quote begins.
    private static int quoted(String text, int start, StringBuilder value) {
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                c = text.charAt(i);
            }
            value.append(c);
        }
        return text.length();
    }

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }
}
