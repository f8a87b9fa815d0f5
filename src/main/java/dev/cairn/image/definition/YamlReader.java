package dev.cairn.image.definition;

import dev.cairn.image.definition.DefinitionException.Code;
import dev.cairn.image.definition.YamlNode.Mapping;
import dev.cairn.image.definition.YamlNode.Pair;
import dev.cairn.image.definition.YamlNode.Scalar;
import dev.cairn.image.definition.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads one YAML 1.2 document (section 3.2.1, "Representation Graph") into [YamlNode]s.
///
/// It is built on the parser's events rather than its composer, so that nesting and alias expansion are bounded while
/// they happen: at most [#MAX_HEIGHT] levels and [#MAX_WEIGHT] nodes after expansion. Merge keys (`<<`) are resolved;
/// tags other than those of the core schema are refused.
final class YamlReader {
    static final int MAX_HEIGHT = 16;
    static final int MAX_WEIGHT = 20_000;

    private final SourceFile source;
    private final Iterator<Event> events;
    private final Map<Anchor, YamlNode> anchors = new HashMap<>();

    private YamlReader(SourceFile source) {
        this.source = source;
        this.events =
                new Parse(YamlSettings.SETTINGS).parseString(source.text()).iterator();
    }

    /// The document of `source`, or null when there is none in it.
    static @Nullable YamlNode read(SourceFile source) {
        try {
            return new YamlReader(source).document();
        } catch (MarkedYamlEngineException e) {
            String problem = e.getProblem() == null ? e.getContext() : e.getProblem();
            throw syntax(source, mark(source, e.getProblemMark().or(e::getContextMark)), "not YAML: " + problem);
        } catch (ReaderException e) {
            throw syntax(source, place(source, e.getPosition()), "a character that YAML does not allow");
        } catch (YamlEngineException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw syntax(source, Position.whole(source.path()), "not YAML");
        }
    }

    private @Nullable YamlNode document() {
        next();
        if (next().getEventId() == Event.ID.StreamEnd) {
            return null;
        }
        YamlNode root = node(next(), 0);
        next();
        Event end = next();
        if (end.getEventId() != Event.ID.StreamEnd) {
            throw syntax(source, start(end), "a second document: a definition is one");
        }
        return root;
    }

    private Event next() {
        return events.next();
    }

    private YamlNode node(Event event, int depth) {
        // By id, not by type: a switch over types is set up at run time, and this runs in every command.
        return switch (event.getEventId()) {
            case Alias -> alias((AliasEvent) event, depth);
            case Scalar -> {
                ScalarEvent scalar = (ScalarEvent) event;
                yield anchored(scalar.getAnchor(), scalar(scalar));
            }
            case SequenceStart -> {
                SequenceStartEvent start = (SequenceStartEvent) event;
                yield anchored(start.getAnchor(), sequence(start, depth + 1));
            }
            case MappingStart -> {
                MappingStartEvent start = (MappingStartEvent) event;
                yield anchored(start.getAnchor(), mapping(start, depth + 1));
            }
            default -> throw syntax(source, start(event), "not YAML: a value is missing");
        };
    }

    private YamlNode anchored(Optional<Anchor> anchor, YamlNode node) {
        anchor.ifPresent(name -> anchors.put(name, node));
        return node;
    }

    private YamlNode alias(AliasEvent alias, int depth) {
        YamlNode node = anchors.get(alias.getAlias());
        if (node == null) {
            String problem = "no anchor '" + alias.getAlias().getValue() + "' before this alias";
            throw syntax(source, start(alias), problem);
        }
        bound(start(alias), depth + node.height(), node.weight());
        return node;
    }

    private Scalar scalar(ScalarEvent event) {
        String tag = event.getTag().orElse("");
        boolean plain = event.isPlain() && !tag.equals("!") && !tag.equals("tag:yaml.org,2002:str");
        if (!tag.isEmpty() && !tag.equals("!")) {
            knownTag(event, tag);
            plain |= !tag.equals("tag:yaml.org,2002:str");
        }
        return new Scalar(start(event), event.getValue(), plain);
    }

    private Sequence sequence(SequenceStartEvent start, int depth) {
        open(start, depth);
        List<YamlNode> items = new ArrayList<>();
        int weight = 1;
        int height = 1;
        for (Event event = next(); event.getEventId() != Event.ID.SequenceEnd; event = next()) {
            YamlNode item = node(event, depth);
            items.add(item);
            weight += item.weight();
            height = Math.max(height, item.height() + 1);
            bound(item.position(), height, weight);
        }
        return new Sequence(start(start), items, weight, height);
    }

    private Mapping mapping(MappingStartEvent start, int depth) {
        open(start, depth);
        Map<String, Pair> pairs = new LinkedHashMap<>();
        List<Mapping> merged = new ArrayList<>();
        int weight = 1;
        int height = 1;
        for (Event event = next(); event.getEventId() != Event.ID.MappingEnd; event = next()) {
            Scalar key = key(node(event, depth));
            YamlNode value = node(next(), depth);
            weight += 1 + value.weight();
            height = Math.max(height, value.height() + 1);
            bound(key.position(), height, weight);
            if (key.plain() && key.text().equals("<<")) {
                merge(value, merged);
            } else {
                put(pairs, new Pair(key, value));
            }
        }
        for (Mapping other : merged) {
            other.pairs().forEach(pair -> pairs.putIfAbsent(pair.key().text(), pair));
        }
        return new Mapping(start(start), new ArrayList<>(pairs.values()), weight, height);
    }

    private void put(Map<String, Pair> pairs, Pair pair) {
        Pair earlier = pairs.putIfAbsent(pair.key().text(), pair);
        if (earlier != null) {
            throw source.fault(
                    Code.DUPLICATE_KEY,
                    pair.key().position(),
                    "the key '" + Excerpt.quotable(pair.key().text()) + "' stands already in line "
                            + earlier.key().position().line(),
                    "");
        }
    }

    private Scalar key(YamlNode node) {
        if (node instanceof Scalar scalar) {
            return scalar;
        }
        throw source.fault(Code.WRONG_TYPE, node.position(), "a key has to be a text, not " + node.kind(), "");
    }

    private void merge(YamlNode value, List<Mapping> merged) {
        switch (value) {
            case Mapping mapping -> merged.add(mapping);
            case Sequence sequence -> sequence.items().forEach(item -> merge(item, merged));
            case Scalar scalar ->
                throw source.fault(
                        Code.WRONG_TYPE, scalar.position(), "'<<' takes a mapping or a list of mappings", "");
        }
    }

    private void open(CollectionStartEvent event, int depth) {
        event.getTag().filter(tag -> !tag.equals("!")).ifPresent(tag -> knownTag(event, tag));
        bound(start(event), depth, 1);
    }

    private void bound(Position position, int height, int weight) {
        if (height > MAX_HEIGHT) {
            throw source.fault(Code.TOO_LARGE, position, "nested more than " + MAX_HEIGHT + " levels deep", "");
        }
        if (weight > MAX_WEIGHT) {
            String problem = "more than " + MAX_WEIGHT + " values, aliases expanded";
            throw source.fault(Code.TOO_LARGE, position, problem, "");
        }
    }

    private void knownTag(Event event, String tag) {
        switch (tag) {
            case "tag:yaml.org,2002:str",
                    "tag:yaml.org,2002:int",
                    "tag:yaml.org,2002:bool",
                    "tag:yaml.org,2002:float",
                    "tag:yaml.org,2002:null",
                    "tag:yaml.org,2002:seq",
                    "tag:yaml.org,2002:map" -> {}
            default -> throw syntax(source, start(event), "tags have no meaning in a definition");
        }
    }

    private Position start(Event event) {
        return mark(source, event.getStartMark());
    }

    private static Position mark(SourceFile source, Optional<Mark> mark) {
        return mark.map(m -> source.at(m.getLine() + 1, m.getColumn() + 1)).orElse(Position.whole(source.path()));
    }

    /// The position of the code point with this index.
    private static Position place(SourceFile source, int index) {
        int line = 1;
        int column = 1;
        int[] points = source.text().codePoints().limit(Math.max(0, index)).toArray();
        for (int point : points) {
            column = point == '\n' ? 1 : column + 1;
            line += point == '\n' ? 1 : 0;
        }
        return source.at(line, column);
    }

    private static DefinitionException syntax(SourceFile source, Position position, String problem) {
        return source.fault(Code.SYNTAX, position, problem, "");
    }
}
