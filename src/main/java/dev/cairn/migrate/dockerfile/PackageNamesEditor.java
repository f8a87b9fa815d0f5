package dev.cairn.migrate.dockerfile;

import dev.cairn.mapping.Distribution;
import dev.cairn.mapping.Distribution.Family;
import dev.cairn.mapping.Outcome;
import dev.cairn.migrate.Reason;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Settles the names of one install or removal: each gets exactly one outcome.
final class PackageNamesEditor {
    private static final int NODE = 85;

    private final StageState state;
    private final Set<String> written = new LinkedHashSet<>();

    PackageNamesEditor(StageState state) {
        this.state = state;
    }

    /// The names that the call has in the target.
    List<String> written() {
        return List.copyOf(written);
    }

    /// What a package's word is replaced by: the same text to keep it, empty text to take it away; null where it was
    /// refused.
    ///
    /// @param offset where it is in the file
    @Nullable
    String install(String word, int offset) {
        if (isLocal(word)) {
            if (word.contains("epel-release")) {
                state.find(
                        Reason.PACKAGE_DROPPED, offset, "epel-release: the target's packages need no other repository");
                return "";
            }
            state.find(Reason.LOCAL_PACKAGE, offset, word + " is a package file, not a name");
            return null;
        }
        Parsed parsed = parse(word);
        if (parsed == null) {
            state.find(Reason.PACKAGE_WORD, offset, "'" + word + "' is not a package's name");
            return null;
        }
        return settled(parsed, offset);
    }

    private @Nullable String settled(Parsed parsed, int offset) {
        Outcome outcome = outcome(parsed.name);
        return switch (outcome) {
            case Outcome.Same same -> {
                pins(parsed, offset);
                yield write(List.of(parsed.name), parsed.name);
            }
            case Outcome.Mapped mapped -> {
                pins(parsed, offset);
                state.find(
                        Reason.PACKAGES,
                        offset,
                        parsed.name + " is " + String.join(" ", mapped.names())
                                + " (" + mapped.confidence() + " %"
                                + (mapped.evidence().isEmpty()
                                        ? ""
                                        : ": " + mapped.evidence().getFirst()) + ")");
                yield write(mapped.names(), "");
            }
            case Outcome.Dropped dropped -> {
                state.find(Reason.PACKAGE_DROPPED, offset, parsed.name + ": " + dropped.why());
                yield "";
            }
            case Outcome.Unknown unknown -> {
                String near = unknown.nearest().isEmpty() ? "" : "; near it: " + String.join(", ", unknown.nearest());
                state.find(
                        Reason.PACKAGE_UNKNOWN,
                        offset,
                        parsed.name + (isNode(parsed.name) ? " " + state.node : "") + " is not known in "
                                + state.target.distribution() + near);
                yield null;
            }
        };
    }

    /// With somebody else's repository `nodejs` is a version of it, with npm inside.
    private Outcome outcome(String name) {
        if (!isNode(name)) {
            return state.target.outcome(name, state.from);
        }
        String versioned = "nodejs-" + state.node;
        boolean there = state.target.outcome(versioned, Distribution.ALPINE) instanceof Outcome.Same
                && state.target.packages().exists(versioned, state.target.distribution());
        return there ? new Outcome.Mapped(List.of(versioned, "npm"), NODE, List.of()) : new Outcome.Unknown(List.of());
    }

    private boolean isNode(String name) {
        return name.equals("nodejs") && !state.node.isEmpty();
    }

    private String write(List<String> names, String same) {
        List<String> added = new ArrayList<>();
        for (String name : names) {
            if (written.add(name)) {
                added.add(name);
            }
        }
        state.installed.addAll(names);
        if (added.isEmpty() && !same.isEmpty() && state.from.family() == Family.APK && state.target.isApk()) {
            return same;
        }
        return added.size() == 1 && !same.isEmpty() ? same : String.join(" ", added);
    }

    private void pins(Parsed parsed, int offset) {
        if (!parsed.constraint.isEmpty()) {
            boolean suite = parsed.constraint.startsWith("/");
            state.find(
                    suite ? Reason.SUITE_DROPPED : Reason.PIN_DROPPED,
                    offset,
                    parsed.name + " was asked for as " + parsed.name + parsed.constraint + ", which is " + state.from
                            + "'s; the target's own version is installed");
        }
    }

    /// What a removal's word is replaced by. A package that this stage did not install is not there to be removed.
    @Nullable
    String remove(String word, int offset) {
        Parsed parsed = parse(word);
        if (parsed == null) {
            state.find(Reason.PACKAGE_WORD, offset, "'" + word + "' is not a package's name");
            return null;
        }
        List<String> names = switch (state.target.outcome(parsed.name, state.from)) {
            case Outcome.Same same -> List.of(parsed.name);
            case Outcome.Mapped mapped -> mapped.names();
            case Outcome.Dropped dropped -> List.of();
            case Outcome.Unknown unknown -> List.of();
        };
        List<String> there = new ArrayList<>();
        for (String name : names) {
            if (state.installed.contains(name) && written.add(name)) {
                there.add(name);
            }
        }
        if (there.isEmpty()) {
            state.find(Reason.PACKAGE_DROPPED, offset, parsed.name + " is not removed: the image does not have it");
        }
        return there.size() == 1 && there.getFirst().equals(parsed.name) ? word : String.join(" ", there);
    }

    private static boolean isLocal(String word) {
        return word.startsWith("./")
                || word.startsWith("../")
                || word.startsWith("/")
                || word.contains("://")
                || word.endsWith(".deb")
                || word.endsWith(".rpm")
                || word.endsWith(".apk");
    }

    /// A name and what was asked of it.
    private record Parsed(String name, String constraint) {}

    private @Nullable Parsed parse(String word) {
        Family family = state.from.family();
        String stops = family == Family.APK ? "=<>~@" : family == Family.DEB ? "=/:" : "=<>";
        int end = 0;
        while (end < word.length() && stops.indexOf(word.charAt(end)) < 0) {
            end++;
        }
        String name = word.substring(0, end);
        String constraint = word.substring(end);
        if (family == Family.DEB && constraint.startsWith(":")) {
            return parseArchitecture(name, constraint);
        }
        if (family == Family.RPM) {
            return parseRpm(name, constraint);
        }
        boolean tagged = constraint.contains("@") || constraint.equals("=") || constraint.startsWith("=$");
        return isName(name) && !tagged ? new Parsed(name, constraint) : null;
    }

    private static @Nullable Parsed parseArchitecture(String name, String constraint) {
        int equals = constraint.indexOf('=');
        String architecture = equals < 0 ? constraint : constraint.substring(0, equals);
        boolean own = architecture.equals(":native") || architecture.equals(":any") || architecture.equals(":all");
        return isName(name) && own ? new Parsed(name, equals < 0 ? "" : constraint.substring(equals)) : null;
    }

    /// `name`, `name-1.2-3.el8`, `name.x86_64`, `@group`.
    private static @Nullable Parsed parseRpm(String word, String constraint) {
        String name = word;
        for (String architecture : List.of(".x86_64", ".noarch", ".aarch64")) {
            if (name.endsWith(architecture)) {
                name = name.substring(0, name.length() - architecture.length());
            }
        }
        String plain = name;
        for (int dash = name.indexOf('-'); dash > 0; dash = name.indexOf('-', dash + 1)) {
            boolean version = dash + 1 < name.length()
                    && Character.isDigit(name.charAt(dash + 1))
                    && (name.indexOf('.', dash) > 0 || name.indexOf('-', dash + 1) > 0);
            if (version) {
                plain = name.substring(0, dash);
                break;
            }
        }
        boolean group = plain.startsWith("@");
        String rest = constraint + name.substring(plain.length());
        return group || isName(plain) ? new Parsed(plain, rest) : null;
    }

    static boolean isName(String name) {
        if (name.isEmpty() || name.endsWith("-")) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
            if (!letter && (i == 0 || "+.-:".indexOf(c) < 0)) {
                return false;
            }
        }
        return true;
    }
}
