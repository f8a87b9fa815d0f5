package dev.cairn.cli;

import dev.cairn.path.FileChange;
import dev.cairn.path.PathStep;
import dev.cairn.path.StateReport;
import dev.cairn.path.WorkFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// `--write`: what the steps made of the copy goes into the repository. A file that changed meanwhile is left.
final class PathWriting {
    private final Session session;
    private final Path source;
    private final WorkFolder work;

    PathWriting(Session session, Path source, WorkFolder work) {
        this.session = session;
        this.source = source;
        this.work = work;
    }

    void write(List<StateReport> states) throws IOException {
        Path end = work.state(states.getLast().step());
        Map<String, String> created = new TreeMap<>();
        Map<String, byte[]> changed = new TreeMap<>();
        for (StateReport state : states) {
            for (FileChange each : state.files()) {
                if (each.isChanged()) {
                    changed.put(each.path(), Files.readAllBytes(end.resolve(each.path())));
                }
                each.files().forEach(file -> created.put(file.path(), file.content()));
            }
        }
        for (Map.Entry<String, String> each : created.entrySet()) {
            Files.write(source.resolve(each.getKey()), each.getValue().getBytes(StandardCharsets.UTF_8));
            session.say("wrote " + each.getKey());
        }
        for (Map.Entry<String, byte[]> each : changed.entrySet()) {
            Path file = source.resolve(each.getKey());
            byte[] before = Files.readAllBytes(work.state(PathStep.TODAY).resolve(each.getKey()));
            if (Arrays.equals(before, Files.readAllBytes(file))) {
                WrittenFile.replace(file, each.getValue());
                session.say("wrote " + each.getKey());
            } else {
                session.warn(each.getKey() + " is left: it changed since it was read");
            }
        }
    }
}
