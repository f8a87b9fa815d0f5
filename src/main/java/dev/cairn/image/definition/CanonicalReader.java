package dev.cairn.image.definition;

import dev.cairn.image.definition.DefinitionException.Code;
import dev.cairn.image.definition.YamlNode.Mapping;
import dev.cairn.image.definition.YamlNode.Pair;
import dev.cairn.image.definition.YamlNode.Scalar;
import dev.cairn.image.definition.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Turns the canonical JSON of a definition ([CanonicalForm]) back into what a definition file says, so that it goes
/// through the same checks as a file. What the canonical form holds only a digest of cannot come back: it is refused.
final class CanonicalReader {
    private static final String TRY = "give the DEFINITION too";

    private final SourceFile source;
    private final Map<String, Object> root = new LinkedHashMap<>();

    private CanonicalReader(SourceFile source) {
        this.source = source;
    }

    /// A text that stands without quotes in a definition file: a number, a flag.
    private record Plain(String text) {}

    /// What a definition file that says the same holds.
    static Mapping definition(SourceFile source) {
        if (!(YamlReader.read(source) instanceof Mapping mapping)) {
            throw refused(source, Code.WRONG_TYPE, "the definition is no mapping");
        }
        CanonicalReader reader = new CanonicalReader(source);
        for (Pair pair : mapping.pairs()) {
            reader.put(pair.key().text(), pair.value());
        }
        return reader.mapping(reader.root);
    }

    static DefinitionException refused(SourceFile source, Code code, String problem) {
        return new DefinitionException(code, Position.whole(source.path()), problem, "", TRY);
    }

    private void put(String key, YamlNode value) {
        switch (key) {
            case "contents" -> root.put(key, contents(value));
            case "entrypoint" -> root.put(key, entrypoint(texts(value)));
            case "cmd" -> root.put(key, words(texts(value)));
            case "accounts" -> root.put(key, accounts(value));
            case "paths" -> root.put(key, items(value).stream().map(this::path).toList());
            case "files" ->
                throw refused(source, Code.UNSUPPORTED, "the definition has 'files', of which only digests are kept");
            case "certificates" -> root.put(key, Map.of("additional", plain(value)));
            case "budget" -> root.put("layering", Map.of("budget", number(value)));
            default -> root.put(key, plain(value));
        }
    }

    private Object contents(YamlNode value) {
        Map<String, Object> contents = new LinkedHashMap<>();
        for (Pair pair : pairs(value)) {
            String key = pair.key().text();
            if (key.equals("keyring") && texts(pair.value()).stream().anyMatch(each -> each.startsWith("sha256:"))) {
                throw refused(
                        source, Code.UNSUPPORTED, "the definition names a local key, of which only a digest is kept");
            }
            if (key.endsWith("repositories") && texts(pair.value()).stream().anyMatch(each -> each.contains("://*"))) {
                throw refused(source, Code.UNSUPPORTED, "a repository's address has a user, who is not kept");
            }
            contents.put(key, plain(pair.value()));
        }
        return contents;
    }

    private static Map<String, Object> entrypoint(List<String> argv) {
        return argv.size() == 3
                        && argv.getFirst().equals("/bin/sh")
                        && argv.get(1).equals("-c")
                ? Map.of("shell-fragment", argv.getLast())
                : Map.of("command", words(argv));
    }

    private static String words(List<String> argv) {
        List<String> quoted = new ArrayList<>();
        argv.forEach(each -> quoted.add("'" + each.replace("'", "'\"'\"'") + "'"));
        return String.join(" ", quoted);
    }

    private Object accounts(YamlNode value) {
        Map<String, Object> accounts = new LinkedHashMap<>();
        for (Pair pair : pairs(value)) {
            List<Object> list = new ArrayList<>();
            switch (pair.key().text()) {
                case "users" -> {
                    items(pair.value()).forEach(each -> list.add(user(fields(each, 5))));
                    accounts.put("users", list);
                }
                case "groups" -> {
                    items(pair.value()).forEach(each -> list.add(group(fields(each, 3))));
                    accounts.put("groups", list);
                }
                default -> accounts.put(pair.key().text(), plain(pair.value()));
            }
        }
        return accounts;
    }

    private Map<String, Object> user(List<YamlNode> fields) {
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("username", text(fields.get(0)));
        user.put("uid", number(fields.get(1)));
        user.put("gid", number(fields.get(2)));
        user.put("shell", text(fields.get(3)));
        user.put("homedir", text(fields.get(4)));
        return user;
    }

    private Map<String, Object> group(List<YamlNode> fields) {
        Map<String, Object> group = new LinkedHashMap<>();
        group.put("groupname", text(fields.get(0)));
        group.put("gid", number(fields.get(1)));
        group.put("members", plain(fields.get(2)));
        return group;
    }

    private Object path(YamlNode value) {
        Map<String, Object> path = new LinkedHashMap<>();
        for (Pair pair : pairs(value)) {
            String text = text(pair.value());
            switch (pair.key().text()) {
                case "owner" -> {
                    int colon = text.indexOf(':');
                    path.put("uid", number(text.substring(0, Math.max(0, colon))));
                    path.put("gid", number(text.substring(colon + 1)));
                }
                case "recursive", "permissions" -> path.put(pair.key().text(), new Plain(text));
                default -> path.put(pair.key().text(), text);
            }
        }
        return path;
    }

    private YamlNode node(Object value) {
        Position position = Position.whole(source.path());
        return switch (value) {
            case Map<?, ?> map -> mapping(map);
            case List<?> list ->
                new Sequence(position, list.stream().map(this::node).toList(), 1, 1);
            case Plain plain -> new Scalar(position, plain.text(), true);
            default -> new Scalar(position, value.toString(), false);
        };
    }

    private Mapping mapping(Map<?, ?> map) {
        Position position = Position.whole(source.path());
        List<Pair> pairs = new ArrayList<>();
        map.forEach((key, value) -> pairs.add(new Pair(new Scalar(position, key.toString(), false), node(value))));
        return new Mapping(position, pairs, 1, 1);
    }

    private Object plain(YamlNode value) {
        return switch (value) {
            case Scalar scalar -> scalar.text();
            case Sequence sequence -> sequence.items().stream().map(this::plain).toList();
            case Mapping mapping -> {
                Map<String, Object> map = new LinkedHashMap<>();
                mapping.pairs().forEach(pair -> map.put(pair.key().text(), plain(pair.value())));
                yield map;
            }
        };
    }

    private List<String> texts(YamlNode value) {
        return items(value).stream().map(this::text).toList();
    }

    private String text(YamlNode value) {
        if (value instanceof Scalar scalar) {
            return scalar.text();
        }
        throw refused(source, Code.WRONG_TYPE, value.position() + ": a text is wanted, not " + value.kind());
    }

    private Plain number(YamlNode value) {
        return number(text(value));
    }

    private Plain number(String text) {
        try {
            return new Plain(Long.toString(Long.parseLong(text)));
        } catch (NumberFormatException e) {
            throw refused(source, Code.WRONG_TYPE, "'" + Excerpt.quotable(text) + "' is no number");
        }
    }

    private List<YamlNode> fields(YamlNode value, int count) {
        List<YamlNode> fields = items(value);
        if (fields.size() != count) {
            throw refused(source, Code.WRONG_TYPE, value.position() + ": an account with missing fields");
        }
        return fields;
    }

    private List<YamlNode> items(YamlNode value) {
        if (value instanceof Sequence sequence) {
            return sequence.items();
        }
        throw refused(source, Code.WRONG_TYPE, value.position() + ": a list is wanted, not " + value.kind());
    }

    private List<Pair> pairs(YamlNode value) {
        if (value instanceof Mapping mapping) {
            return mapping.pairs();
        }
        throw refused(source, Code.WRONG_TYPE, value.position() + ": a mapping is wanted, not " + value.kind());
    }
}
