package dev.cairn.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// A signed repository with the real packages of an Alpine root file system (musl, busybox, apk-tools, …): its
/// installed
/// database says which file is whose, so each package can be packed again, with its scripts and triggers. The packages'
/// files are the real ones; the package files and the keys are not Alpine's.
public final class RepackedAlpine {
    private static final String DEFAULT_ROOT = "rootfs/alpine-minirootfs-3.20.3-x86_64.tar.gz";

    private record Node(TarArchiveEntry entry, byte[] content) {}

    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<String, String> scripts = new TreeMap<>();
    private final Map<String, String> triggers = new HashMap<>();

    private RepackedAlpine() {}

    /// Packs Alpine 3.20's root file system (14 packages); the test is skipped where the shared data is absent.
    public static SignedApkRepository in(Path folder) throws IOException {
        return in(folder, SharedData.require(DEFAULT_ROOT));
    }

    /// Packs every package of this root file system (a .tar.gz) into a repository below `folder`.
    public static SignedApkRepository in(Path folder, Path rootFileSystem) throws IOException {
        SignedApkRepository repository = SignedApkRepository.in(folder);
        RepackedAlpine alpine = new RepackedAlpine();
        alpine.read(rootFileSystem);
        for (String stanza : alpine.text("lib/apk/db/installed").split("\n\n")) {
            if (!stanza.isBlank()) {
                repository.add(alpine.spec(stanza));
            }
        }
        return repository.index();
    }

    private void read(Path rootFileSystem) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(rootFileSystem));
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                nodes.put(plain(entry.getName()), new Node(entry, tar.readAllBytes()));
            }
        }
        readScripts();
        for (String line : text("lib/apk/db/triggers").split("\n")) {
            int space = line.indexOf(' ');
            if (space > 0) {
                triggers.put(line.substring(0, space), line.substring(space + 1));
            }
        }
    }

    private void readScripts() throws IOException {
        byte[] content = node("lib/apk/db/scripts.tar").content;
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(content))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                scripts.put(entry.getName(), new String(tar.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    private ApkSpec spec(String stanza) {
        Map<Character, String> fields = new HashMap<>();
        for (String line : stanza.split("\n")) {
            fields.putIfAbsent(line.charAt(0), line.substring(2));
        }
        ApkSpec spec = ApkSpec.of(fields.get('P'), fields.get('V'));
        describe(spec, fields);
        relate(spec, fields);
        addScripts(spec, fields.get('C'));
        addFiles(spec, stanza);
        return spec;
    }

    private static void describe(ApkSpec spec, Map<Character, String> fields) {
        spec.arch(fields.get('A')).origin(fields.getOrDefault('o', spec.name)).description(fields.get('T'));
        spec.url(fields.getOrDefault('U', "")).license(fields.getOrDefault('L', ""));
        spec.maintainer(fields.getOrDefault('m', "")).commit(fields.getOrDefault('c', ""));
        spec.buildTime(Long.parseLong(fields.getOrDefault('t', "0")));
        spec.installedSize(Long.parseLong(fields.getOrDefault('I', "0")));
        spec.replacesPriority(fields.getOrDefault('q', ""));
        if (fields.containsKey('k')) {
            spec.providerPriority(Integer.parseInt(fields.get('k')));
        }
    }

    private static void relate(ApkSpec spec, Map<Character, String> fields) {
        spec.depends(words(fields, 'D')).provides(words(fields, 'p'));
        spec.installIf(words(fields, 'i')).replaces(words(fields, 'r'));
    }

    private void addScripts(ApkSpec spec, String checksum) {
        if (triggers.containsKey(checksum)) {
            spec.triggers(triggers.get(checksum).split(" "));
        }
        String prefix = spec.name + "-" + spec.version + "." + checksum + ".";
        for (Map.Entry<String, String> script : scripts.entrySet()) {
            if (script.getKey().startsWith(prefix)) {
                spec.script(script.getKey().substring(prefix.length()), script.getValue());
            }
        }
    }

    private void addFiles(ApkSpec spec, String stanza) {
        String[] lines = stanza.split("\n");
        String directory = "";
        for (int i = 0; i < lines.length; i++) {
            String next = i + 1 < lines.length ? lines[i + 1] : "";
            if (lines[i].startsWith("F:")) {
                directory = lines[i].substring(2);
                addDirectory(spec, directory, next);
            } else if (lines[i].startsWith("R:")) {
                String name = lines[i].substring(2);
                addFile(spec, directory.isEmpty() ? name : directory + "/" + name, next);
            }
        }
    }

    private static void addDirectory(ApkSpec spec, String path, String next) {
        if (!path.isEmpty()) {
            String[] owner = (next.startsWith("M:") ? next.substring(2) : "0:0:755").split(":");
            spec.directory(path, Integer.parseInt(owner[2], 8), Long.parseLong(owner[0]), Long.parseLong(owner[1]));
        }
    }

    private void addFile(ApkSpec spec, String path, String next) {
        Node node = node(path);
        if (node.entry.isSymbolicLink()) {
            spec.symlink(path, node.entry.getLinkName());
            return;
        }
        byte[] content = node.entry.isLink() ? node(plain(node.entry.getLinkName())).content : node.content;
        String[] owner = (next.startsWith("a:") ? next.substring(2) : "0:0:644").split(":");
        long uid = Long.parseLong(owner[0]);
        spec.file(path, Integer.parseInt(owner[2], 8), uid, Long.parseLong(owner[1]), content);
    }

    private String text(String path) {
        return new String(node(path).content, StandardCharsets.UTF_8);
    }

    private Node node(String path) {
        Node node = nodes.get(path);
        if (node == null) {
            throw new UncheckedIOException(new IOException("the root file system has no " + path));
        }
        return node;
    }

    private static String[] words(Map<Character, String> fields, char field) {
        String value = fields.getOrDefault(field, "");
        return value.isEmpty() ? new String[0] : value.split(" ");
    }

    private static String plain(String name) {
        String path = name.startsWith("./") ? name.substring(2) : name;
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
