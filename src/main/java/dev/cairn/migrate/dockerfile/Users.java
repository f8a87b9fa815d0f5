package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.dockerfile.Lineage.Base;
import java.util.IdentityHashMap;

/// Who each instruction of a file runs as. Images of the catalogue run as 65532, others are taken to run as root.
final class Users {
    private final IdentityHashMap<Instruction, String> users = new IdentityHashMap<>();
    private final IdentityHashMap<Stage, String> ends = new IdentityHashMap<>();
    private String last = "root";

    Users(Dockerfile file, Target target) {
        Lineage lineage = new Lineage(file);
        for (Stage stage : lineage.stages()) {
            String user = switch (lineage.base(stage.index())) {
                case Base.Earlier(Stage parent) -> ends.getOrDefault(parent, "root");
                case Base.Image(String text, var reference, var image) -> target.isHardened(text) ? "65532" : "root";
                case Base.Unknown unknown -> "root";
            };
            for (Instruction instruction : stage.instructions()) {
                users.put(instruction, user);
                if (instruction.is("user") && !instruction.arguments().isEmpty()) {
                    user = instruction.arguments().getFirst().value();
                }
            }
            ends.put(stage, user);
            last = user;
        }
    }

    String of(Instruction instruction) {
        return users.getOrDefault(instruction, "root");
    }

    /// Who the image that comes out at the end runs as.
    String atEnd() {
        return last;
    }
}
