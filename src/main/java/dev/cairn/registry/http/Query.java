package dev.cairn.registry.http;

import dev.cairn.registry.DistributionException;
import dev.cairn.registry.Shown;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parameters of a query string or a form, in their order.
final class Query {
    static final Query NONE = new Query(List.of());

    private static final int MOST = 1000;

    private final List<Parameter> parameters;

    private record Parameter(String name, String value) {}

    private Query(List<Parameter> parameters) {
        this.parameters = parameters;
    }

    /// Reads `a=1&b=2`.
    static Query parse(@Nullable String raw) {
        if (raw == null || raw.isEmpty()) {
            return NONE;
        }
        List<Parameter> parameters = new ArrayList<>();
        for (int start = 0; start <= raw.length() && parameters.size() < MOST; ) {
            int end = raw.indexOf('&', start);
            end = end < 0 ? raw.length() : end;
            int equals = raw.indexOf('=', start);
            boolean hasValue = equals >= 0 && equals < end;
            parameters.add(new Parameter(
                    decoded(raw.substring(start, hasValue ? equals : end)),
                    hasValue ? decoded(raw.substring(equals + 1, end)) : ""));
            start = end + 1;
        }
        return new Query(parameters);
    }

    private static String decoded(String text) {
        try {
            return text.indexOf('%') < 0 && text.indexOf('+') < 0
                    ? text
                    : URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new DistributionException(
                    DistributionException.Code.BAD_REQUEST, "'" + Shown.of(text) + "' is not percent-encoded");
        }
    }

    /// The first value of a parameter, or null.
    @Nullable
    String first(String name) {
        for (Parameter parameter : parameters) {
            if (parameter.name().equals(name)) {
                return parameter.value();
            }
        }
        return null;
    }

    /// All values of a parameter.
    List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (Parameter parameter : parameters) {
            if (parameter.name().equals(name)) {
                values.add(parameter.value());
            }
        }
        return values;
    }

    /// A number of a page's length, or `most` where there is none.
    ///
    /// @throws DistributionException `BAD_REQUEST` where it is no number
    int count(String name, int most) {
        String text = first(name);
        if (text == null) {
            return most;
        }
        boolean digits = !text.isEmpty();
        for (int i = 0; digits && i < text.length(); i++) {
            digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        if (!digits) {
            throw new DistributionException(
                    DistributionException.Code.BAD_REQUEST, name + "='" + Shown.of(text) + "' is not a number");
        }
        return text.length() > 9 ? most : Math.min(most, Integer.parseInt(text));
    }
}
