package dev.cairn.scan.report;

import dev.cairn.scan.Trend;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Curves over time and CVE-days by quarter, as a part of an HTML page.
final class TrendSection {
    private final Html html;
    private final List<Trend> trends;

    TrendSection(Html html, List<Trend> trends) {
        this.html = html;
        this.trends = trends;
    }

    void write() {
        html.raw("<section><header><p class=\"kicker\">Over time</p><h1>Fixable findings over time</h1></header>");
        html.raw("<figure class=\"wide\">");
        Charts.lines(html, "Fixable findings over time", trends);
        html.raw("</figure><h2>CVE-days by quarter</h2>");
        html.element("p", "meta", "One fixable finding for one day is one CVE-day: the area under the curve.");
        html.raw("<table><thead><tr><th></th>");
        SortedMap<String, Long> all = new TreeMap<>();
        trends.forEach(trend -> all.putAll(trend.cveDaysByQuarter(end(trend))));
        all.keySet().forEach(quarter -> html.element("th", "number", quarter));
        html.raw("<th class=\"number\">all</th></tr></thead><tbody>");
        for (Trend trend : trends) {
            SortedMap<String, Long> quarters = trend.cveDaysByQuarter(end(trend));
            html.raw("<tr>").element("th", "", trend.name());
            all.keySet()
                    .forEach(
                            quarter -> html.element("td", "number", Long.toString(quarters.getOrDefault(quarter, 0L))));
            html.element("td", "number", Long.toString(trend.cveDays(end(trend))))
                    .raw("</tr>");
        }
        html.raw("</tbody></table></section>");
    }

    private static LocalDate end(Trend trend) {
        return trend.points().isEmpty()
                ? LocalDate.EPOCH
                : trend.points().getLast().day();
    }
}
