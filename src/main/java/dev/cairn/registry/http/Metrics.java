package dev.cairn.registry.http;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// Counters and gauges, printed in the OpenMetrics text format (OpenMetrics 1.0).
public final class Metrics {
    /// The type of [#text].
    static final String TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final ConcurrentMap<String, LongAdder> counters = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongSupplier> gauges = new ConcurrentHashMap<>();
    /// Requests by method and status, apart from the others: no text is put together for each request.
    private final ConcurrentMap<String, LongAdder[]> requests = new ConcurrentHashMap<>();

    private static final int HIGHEST_STATUS = 600;

    /// Adds to a counter, whose name ends in `_total`.
    public void add(String counter, long value) {
        counters.computeIfAbsent(counter, _ -> new LongAdder()).add(value);
    }

    /// Has a gauge read when it is asked for.
    public void gauge(String name, LongSupplier value) {
        gauges.put(name, value);
    }

    void request(String method, int status) {
        String known = isMethod(method) ? method : "OTHER";
        LongAdder[] byStatus = requests.computeIfAbsent(known, _ -> adders());
        byStatus[status > 0 && status < HIGHEST_STATUS ? status : 0].increment();
    }

    private static LongAdder[] adders() {
        LongAdder[] adders = new LongAdder[HIGHEST_STATUS];
        for (int i = 0; i < adders.length; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }

    private static boolean isMethod(String method) {
        return switch (method) {
            case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" -> true;
            default -> false;
        };
    }

    String text() {
        StringBuilder text = new StringBuilder("# TYPE cairn_requests counter\n");
        new TreeMap<>(requests).forEach((method, statuses) -> {
            for (int status = 0; status < statuses.length; status++) {
                long sum = statuses[status].sum();
                if (sum > 0) {
                    text.append("cairn_requests_total{method=\"")
                            .append(method)
                            .append("\",status=\"")
                            .append(status)
                            .append("\"} ")
                            .append(sum)
                            .append('\n');
                }
            }
        });
        SortedMap<String, Long> sums = new TreeMap<>();
        counters.forEach((name, adder) -> sums.put(name, adder.sum()));
        sums.forEach((name, sum) -> line(text, name.substring(0, name.lastIndexOf('_')), "counter", name, sum));
        new TreeMap<>(gauges).forEach((name, value) -> line(text, name, "gauge", name, value.getAsLong()));
        return text.append("# EOF\n").toString();
    }

    private static void line(StringBuilder text, String family, String type, String name, long value) {
        text.append("# TYPE ").append(family).append(' ').append(type).append('\n');
        text.append(name).append(' ').append(value).append('\n');
    }
}
