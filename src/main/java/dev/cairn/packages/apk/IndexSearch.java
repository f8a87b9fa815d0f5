package dev.cairn.packages.apk;

import dev.cairn.packages.SearchHit;
import dev.cairn.packages.SearchQuery;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Searches indexes: what a package is called, says of itself and provides. Which files a package has is not in an
/// index; a path is looked up by what is: a name of that very path, a command in a folder of commands, a library.
final class IndexSearch {
    private record Row(String name, String version, String description) {}

    private final PackageTable table;
    private final Map<String, Row> newest = new TreeMap<>();

    IndexSearch(PackageTable table, List<byte[]> indexTexts) {
        this.table = table;
        for (byte[] text : indexTexts) {
            readRows(new String(text, StandardCharsets.UTF_8));
        }
    }

    private void readRows(String text) {
        Map<Character, String> fields = new HashMap<>();
        for (String line : text.split("\n", -1)) {
            if (line.length() > 1 && line.charAt(1) == ':') {
                fields.put(line.charAt(0), line.substring(2));
            } else if (!fields.isEmpty()) {
                Row row = new Row(
                        fields.getOrDefault('P', ""), fields.getOrDefault('V', ""), fields.getOrDefault('T', ""));
                newest.merge(row.name, row, IndexSearch::newer);
                fields.clear();
            }
        }
    }

    private static Row newer(Row a, Row b) {
        return ApkVersion.compare(a.version, b.version) >= 0 ? a : b;
    }

    List<SearchHit> find(SearchQuery query) {
        return switch (query) {
            case SearchQuery.Name name -> byText(name.text().toLowerCase(Locale.ROOT));
            case SearchQuery.Command command -> providers("cmd:" + command.name(), "");
            case SearchQuery.Soname soname -> providers("so:" + soname.name(), "");
            case SearchQuery.PkgConfig module -> providers("pc:" + module.name(), "");
            case SearchQuery.File file -> byPath(file.path());
        };
    }

    /// Exact names first, then those that start with the text, hold it, or say it in the description.
    private List<SearchHit> byText(String text) {
        List<List<SearchHit>> ranks =
                List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Row row : newest.values()) {
            String name = row.name.toLowerCase(Locale.ROOT);
            int rank = name.equals(text) ? 0 : name.startsWith(text) ? 1 : name.contains(text) ? 2 : 3;
            if (rank < 3 || row.description.toLowerCase(Locale.ROOT).contains(text)) {
                ranks.get(rank).add(new SearchHit(row.name, row.version, "", row.description));
            }
        }
        List<SearchHit> hits = new ArrayList<>();
        ranks.forEach(hits::addAll);
        return hits;
    }

    private List<SearchHit> providers(String provided, String note) {
        int name = table.names.find(provided);
        Map<String, SearchHit> hits = new TreeMap<>();
        for (int p = name < 0 ? 0 : table.providers.from(name); name >= 0 && p < table.providers.to(name); p += 2) {
            int pkg = table.providers.values[p];
            int version = table.providers.values[p + 1];
            String why = provided + (version < 0 ? "" : "=" + table.atoms.text(version)) + note;
            Row row = newest.get(table.name(pkg));
            if (row != null && row.version.equals(table.version(pkg))) {
                hits.put(row.name, new SearchHit(row.name, row.version, why, row.description));
            }
        }
        return new ArrayList<>(hits.values());
    }

    private List<SearchHit> byPath(String path) {
        String note = " (by name: an apk index does not list files)";
        Map<String, SearchHit> hits = new TreeMap<>();
        addAll(hits, providers(path, ""));
        String file = path.substring(path.lastIndexOf('/') + 1);
        String folder = path.substring(0, path.length() - file.length());
        if (folder.endsWith("bin/")) {
            addAll(hits, providers("cmd:" + file, note));
        } else if (folder.contains("/pkgconfig/") && file.endsWith(".pc")) {
            addAll(hits, providers("pc:" + file.substring(0, file.length() - 3), note));
        } else if (file.contains(".so")) {
            addAll(hits, providers("so:" + file, note));
        }
        return new ArrayList<>(hits.values());
    }

    private static void addAll(Map<String, SearchHit> hits, Collection<SearchHit> more) {
        for (SearchHit hit : more) {
            hits.putIfAbsent(hit.name(), hit);
        }
    }
}
