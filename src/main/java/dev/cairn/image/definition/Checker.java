package dev.cairn.image.definition;

import dev.cairn.image.definition.DefinitionException.Code;
import dev.cairn.image.definition.KeyType.Refused;
import dev.cairn.image.definition.KeyType.Section;
import dev.cairn.image.definition.KeyType.Table;
import dev.cairn.image.definition.KeyType.Whole;
import dev.cairn.image.definition.YamlNode.Mapping;
import dev.cairn.image.definition.YamlNode.Pair;
import dev.cairn.image.definition.YamlNode.Scalar;
import dev.cairn.image.definition.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;

/// Holds a YAML tree against the key table.
///
/// A value of nothing (`cmd:`) counts as absent, as in apko.
final class Checker {
    private final SourceFile source;

    Checker(SourceFile source) {
        this.source = source;
    }

    /// Checks a mapping that should be `section`.
    void section(Mapping mapping, Section section) {
        for (Pair pair : mapping.pairs()) {
            Key key = key(pair.key(), section);
            boolean absent = pair.value() instanceof Scalar scalar && isAbsent(scalar, key);
            if (!absent) {
                key.type().check(this, key.name(), pair.value());
            }
        }
        for (Key key : section.keys()) {
            if (key.required() && !isGiven(mapping, key.name())) {
                String problem = "'" + key.name() + "' is missing in this " + section.title();
                throw source.fault(Code.MISSING_KEY, mapping.position(), problem, hint(key));
            }
        }
    }

    /// Nothing, or an empty text where there may be none.
    private static boolean isAbsent(Scalar scalar, Key key) {
        return scalar.isNull() || (scalar.text().isEmpty() && !key.required());
    }

    private static String hint(Key key) {
        return key.name() + ": " + (key.example().equals("|") ? "…" : key.example());
    }

    private static boolean isGiven(Mapping mapping, String name) {
        for (Pair pair : mapping.pairs()) {
            if (pair.key().text().equals(name)) {
                return !(pair.value() instanceof Scalar scalar
                        && (scalar.isNull() || scalar.text().isEmpty()));
            }
        }
        return false;
    }

    private Key key(Scalar written, Section section) {
        List<String> names = new ArrayList<>();
        for (Key key : section.keys()) {
            if (key.name().equals(written.text())) {
                return key;
            }
            names.add(key.name());
        }
        String problem = "unknown key '" + Excerpt.quotable(written.text()) + "' in " + section.title();
        throw source.fault(Code.UNKNOWN_KEY, written.position(), problem, Nearest.advice(written.text(), names));
    }

    void items(String name, YamlNode node, KeyType item) {
        if (!(node instanceof Sequence sequence)) {
            throw wrongType(name, node, "a list", node instanceof Scalar ? "a line '- …' for each entry" : "");
        }
        for (YamlNode each : sequence.items()) {
            if (each instanceof Scalar scalar && scalar.isNull()) {
                throw source.fault(Code.WRONG_TYPE, each.position(), "an empty entry in '" + name + "'", "");
            }
            item.check(this, name, each);
        }
    }

    void table(String name, YamlNode node, Table table) {
        for (Pair pair : mapping(name, node).pairs()) {
            if (!table.key().allows(pair.key().text())) {
                String problem = "'" + name + "' takes " + table.key().words() + " as a key";
                throw source.guardedFault(Code.BAD_VALUE, pair.key().position(), problem, "");
            }
            if (!(pair.value() instanceof Scalar scalar)) {
                String problem =
                        "'" + name + "' takes texts, not " + pair.value().kind();
                throw source.guardedFault(Code.WRONG_TYPE, pair.value().position(), problem, "");
            }
            if (!table.value().allows(scalar.text())) {
                String problem = "'" + name + "' takes " + table.value().words();
                throw source.guardedFault(Code.BAD_VALUE, scalar.position(), problem, "");
            }
        }
    }

    void section(String name, YamlNode node, Section section) {
        section(mapping(name, node), section);
    }

    DefinitionException refusal(YamlNode node, Refused refused) {
        return source.fault(Code.UNSUPPORTED, node.position(), refused.problem(), refused.hint());
    }

    void text(String name, YamlNode node, TextRule rule) {
        Scalar scalar = scalar(name, node, "a text");
        if (!rule.allows(Scalars.text(scalar, rule))) {
            String problem = "'" + name + "' takes " + rule.words() + ", not '" + shown(scalar, rule) + "'";
            throw source.fault(Code.BAD_VALUE, scalar.position(), problem, "");
        }
    }

    private static String shown(Scalar scalar, TextRule rule) {
        return rule == TextRule.PEM ? "this" : Excerpt.quotable(scalar.text());
    }

    void whole(String name, YamlNode node, Whole whole) {
        Scalar scalar = scalar(name, node, "a whole number");
        try {
            long value = Scalars.whole(scalar);
            if (value < whole.least() || value > whole.most()) {
                String problem = "'" + name + "' is from " + whole.least() + " to " + whole.most() + ", not " + value;
                throw source.fault(Code.BAD_VALUE, scalar.position(), problem, "");
            }
        } catch (NumberFormatException e) {
            throw wrongType(name, scalar, "a whole number without quotes", "");
        }
    }

    void mode(String name, YamlNode node) {
        Scalar scalar = scalar(name, node, "permission bits");
        try {
            Scalars.mode(scalar);
        } catch (NumberFormatException e) {
            int meant = Scalars.octalReading(scalar.text());
            String problem = "'" + name + "' takes permission bits in octal up to 0o7777, not '"
                    + Excerpt.quotable(scalar.text()) + "'";
            String hint = meant < 0 ? "0o755" : "0o" + Integer.toOctalString(meant);
            throw source.fault(Code.BAD_VALUE, scalar.position(), problem, hint);
        }
    }

    void flag(String name, YamlNode node) {
        Scalar scalar = scalar(name, node, "true or false");
        if (!Scalars.isFlag(scalar)) {
            throw wrongType(name, scalar, "true or false", "");
        }
    }

    void choice(String name, YamlNode node, List<String> words) {
        Scalar scalar = scalar(name, node, "a word");
        if (!words.contains(scalar.text())) {
            String problem =
                    "'" + name + "' has no '" + Excerpt.quotable(scalar.text()) + "', only " + String.join(", ", words);
            throw source.fault(Code.BAD_VALUE, scalar.position(), problem, Nearest.advice(scalar.text(), words));
        }
    }

    private Scalar scalar(String name, YamlNode node, String wanted) {
        if (node instanceof Scalar scalar) {
            return scalar;
        }
        throw wrongType(name, node, wanted, "");
    }

    private Mapping mapping(String name, YamlNode node) {
        if (node instanceof Mapping mapping) {
            return mapping;
        }
        throw wrongType(name, node, "a mapping", "");
    }

    private DefinitionException wrongType(String name, YamlNode node, String wanted, String hint) {
        String found = node instanceof Scalar scalar && !scalar.isNull()
                ? "'" + Excerpt.quotable(scalar.text()) + "'"
                : node.kind();
        String problem = "'" + name + "' takes " + wanted + ", not " + found;
        return source.fault(Code.WRONG_TYPE, node.position(), problem, hint);
    }
}
