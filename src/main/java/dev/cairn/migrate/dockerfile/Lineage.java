package dev.cairn.migrate.dockerfile;

import dev.cairn.mapping.ImageNames;
import dev.cairn.mapping.UpstreamImage;
import dev.cairn.oci.OciException;
import dev.cairn.oci.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What the stages of a file build on: each other, or images.
final class Lineage {
    private final List<Stage> stages;
    private final List<Base> bases = new ArrayList<>();
    private final Map<String, Stage> named = new HashMap<>();
    private final Set<Integer> withHeirs = new HashSet<>();
    private final Set<Integer> copiedFrom = new HashSet<>();
    private final List<Stage> roots = new ArrayList<>();
    private final Map<Integer, List<Stage>> families = new LinkedHashMap<>();
    private final Map<String, String> arguments = new HashMap<>();

    /// What a stage builds on.
    sealed interface Base {
        /// An earlier stage.
        record Earlier(Stage parent) implements Base {}

        /// An image.
        ///
        /// @param text the reference with its variables replaced
        /// @param reference the same, read
        /// @param image what it is
        record Image(String text, Reference reference, UpstreamImage image) implements Base {}

        /// A reference with variables that have no value here, or no reference at all.
        record Unknown(String text) implements Base {}
    }

    Lineage(Dockerfile file) {
        this.stages = Stage.of(file);
        for (Instruction argument : Stage.globalArguments(file)) {
            for (Word word : argument.arguments()) {
                argument(word.value());
            }
        }
        for (Stage stage : stages) {
            Base base = base(stage);
            bases.add(base);
            Stage root = stage;
            if (base instanceof Base.Earlier(Stage parent)) {
                withHeirs.add(parent.index());
                root = roots.get(parent.index());
            }
            roots.add(root);
            families.computeIfAbsent(root.index(), key -> new ArrayList<>()).add(stage);
            sources(stage);
            if (stage.name() != null) {
                named.put(stage.name().value().toLowerCase(Locale.ROOT), stage);
            }
        }
    }

    /// Notes the stages that this one copies from.
    private void sources(Stage stage) {
        for (Instruction instruction : stage.instructions()) {
            sources(instruction).forEach(from -> noteSource(stage, from));
        }
    }

    /// What `COPY --from` and `RUN --mount=from` name.
    static List<String> sources(Instruction instruction) {
        List<String> sources = new ArrayList<>();
        String copied = instruction.is("copy") ? instruction.flag("from") : null;
        if (copied != null && !copied.isEmpty()) {
            sources.add(copied);
        }
        for (Word flag : instruction.is("run") ? instruction.flags() : List.<Word>of()) {
            for (String part : flag.value().startsWith("--mount=")
                    ? flag.value().substring(8).split(",", -1)
                    : new String[0]) {
                if (part.startsWith("from=") && part.length() > 5) {
                    sources.add(part.substring(5));
                }
            }
        }
        return sources;
    }

    private void noteSource(Stage stage, String reference) {
        Stage source = named.get(reference.toLowerCase(Locale.ROOT));
        if (source != null) {
            copiedFrom.add(source.index());
        } else if (isStage(stage, reference)) {
            copiedFrom.add(Integer.parseInt(reference));
        }
    }

    /// The stages that build on the same image as this root, it first.
    List<Stage> family(Stage root) {
        return families.getOrDefault(root.index(), List.of(root));
    }

    private void argument(String word) {
        int equals = word.indexOf('=');
        if (equals <= 0) {
            return;
        }
        String value = Substitution.apply(word.substring(equals + 1), arguments);
        if (value == null) {
            arguments.remove(word.substring(0, equals));
        } else {
            arguments.put(word.substring(0, equals), value);
        }
    }

    private Base base(Stage stage) {
        String text = Substitution.apply(stage.image().value(), arguments);
        if (text == null || text.isEmpty()) {
            return new Base.Unknown(stage.image().value());
        }
        Stage parent = named.get(text.toLowerCase(Locale.ROOT));
        if (parent != null) {
            return new Base.Earlier(parent);
        }
        try {
            Reference reference = Reference.parse(text);
            return new Base.Image(text, reference, ImageNames.identify(reference));
        } catch (OciException e) {
            return new Base.Unknown(text);
        }
    }

    List<Stage> stages() {
        return stages;
    }

    Base base(int index) {
        return bases.get(index);
    }

    /// The defaults of the ARGs that FROM sees.
    Map<String, String> arguments() {
        return arguments;
    }

    /// The stage at the root: the first one in the line that builds on an image.
    Stage root(Stage stage) {
        return roots.get(stage.index());
    }

    /// Whether `reference` in that stage is an earlier stage: its name or its number.
    boolean isStage(Stage stage, String reference) {
        Stage source = named.get(reference.toLowerCase(Locale.ROOT));
        if (source != null && source.index() < stage.index()) {
            return true;
        }
        return !reference.isEmpty()
                && reference.chars().allMatch(c -> c >= '0' && c <= '9')
                && reference.length() < 6
                && Integer.parseInt(reference) < stage.index();
    }

    /// Whether an image of its own comes out of this stage: it is the last, or it is neither built on nor copied from
    /// and says what to start.
    boolean isFinal(Stage stage) {
        if (stage.index() == stages.size() - 1) {
            return true;
        }
        boolean starts = stage.instructions().stream().anyMatch(i -> i.is("cmd") || i.is("entrypoint"));
        return starts && !withHeirs.contains(stage.index()) && !copiedFrom.contains(stage.index());
    }
}
