package dev.cairn.builder;

import dev.cairn.migrate.Edit;
import dev.cairn.migrate.Edits;
import dev.cairn.migrate.dockerfile.Dockerfile;
import dev.cairn.migrate.dockerfile.Instruction;
import dev.cairn.migrate.dockerfile.Stage;
import dev.cairn.migrate.dockerfile.Word;
import dev.cairn.oci.OciException;
import dev.cairn.oci.Reference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the places of redirected images into a Dockerfile: `FROM` and `COPY --from`. What a variable names stays.
final class RedirectedImages {
    private static final String FROM = "--from=";

    private final List<Redirect> redirects;

    RedirectedImages(List<Redirect> redirects) {
        this.redirects = redirects;
    }

    byte[] in(byte[] bytes) {
        if (!(Dockerfile.read(bytes) instanceof Dockerfile.Reading.Read(Dockerfile file))) {
            return bytes;
        }
        List<Stage> stages = Stage.of(file);
        List<Edit> edits = new ArrayList<>();
        for (Stage stage : stages) {
            if (stage.earlier(stages, stage.image().value()) == null) {
                move(stage.image(), "", edits);
            }
            for (Instruction instruction : stage.instructions()) {
                if (instruction.is("copy") && !isStage(stages, stage, instruction.flag("from"))) {
                    instruction.flags().stream()
                            .filter(flag -> flag.value().startsWith(FROM))
                            .forEach(flag -> move(flag, FROM, edits));
                }
            }
        }
        return Edits.of(edits).apply(file.source()).bytes();
    }

    private static boolean isStage(List<Stage> stages, Stage stage, @Nullable String name) {
        return name == null || name.chars().allMatch(Character::isDigit) || stage.earlier(stages, name) != null;
    }

    private void move(Word word, String prefix, List<Edit> edits) {
        String moved = moved(word.value().substring(prefix.length()));
        if (moved != null) {
            edits.add(new Edit(word.range(), prefix + moved));
        }
    }

    private @Nullable String moved(String image) {
        if (image.isEmpty() || image.equals("scratch") || image.indexOf('$') >= 0) {
            return null;
        }
        try {
            Reference reference = Reference.parse(image);
            for (Redirect redirect : redirects) {
                if (redirect.registry().equals(reference.registry())) {
                    return redirect.location()
                            + reference
                                    .toString()
                                    .substring(reference.registry().length());
                }
            }
        } catch (OciException _) {
            // the builder says what is wrong with it
        }
        return null;
    }
}
