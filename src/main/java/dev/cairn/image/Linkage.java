package dev.cairn.image;

import dev.cairn.archive.TarEntry;
import dev.cairn.elf.ElfException;
import dev.cairn.elf.ElfFacts;
import dev.cairn.elf.ElfFile;
import dev.cairn.image.layer.ElfObject;
import dev.cairn.image.layer.Piece;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The ELF files of a whole image, and what they need of each other. A library counts as there wherever it lies: which
/// directories are searched is often decided by the program that loads a plug-in, not by the plug-in.
final class Linkage {
    /// Local files above this size are not looked into.
    private static final int LARGEST = 64 << 20;

    private final ImageTree tree;
    private final Map<String, ElfObject> objects = new LinkedHashMap<>();
    private final Map<String, String> owners = new HashMap<>();
    private final Map<String, Boolean> loaders = new HashMap<>();

    /// The objects of these packages and of the definition's own files.
    Linkage(ImageTree tree, List<InstalledPackage> packages) {
        this.tree = tree;
        for (InstalledPackage each : packages) {
            for (ElfObject object : each.facts().objects()) {
                objects.put(object.path(), object);
                owners.put(object.path(), each.name());
            }
        }
        for (TopTree.Entry entry : tree.top().entries()) {
            if (entry.reason().equals(DefinedPaths.FILES)) {
                own(entry).ifPresent(object -> objects.put(object.path(), object));
            }
        }
    }

    private static Optional<ElfObject> own(TopTree.Entry entry) {
        TarEntry tar = entry.tar();
        if (!tar.isFile() || tar.size() < 64 || tar.size() > LARGEST) {
            return Optional.empty();
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (Piece each : entry.content()) {
            content.writeBytes(each.plain());
        }
        try {
            return ElfFile.read(ByteBuffer.wrap(content.toByteArray()))
                    .filter(ElfFacts::dynamic)
                    .map(facts -> ElfObject.of(tar.path(), facts));
        } catch (ElfException e) {
            return Optional.empty();
        }
    }

    /// By path.
    Map<String, ElfObject> objects() {
        return objects;
    }

    /// The machine whose glibc the image has, or -1.
    int glibcMachine() {
        for (ElfObject each : objects.values()) {
            if (each.soname().equals("libc.so.6")) {
                return each.machine();
            }
        }
        return -1;
    }

    /// What is needed and nowhere in the image, each in words.
    List<String> missing() {
        return missing(objects.values());
    }

    /// The same of the definition's own files alone.
    List<String> missingForOwnFiles() {
        return missing(objects.values().stream()
                .filter(each -> !owners.containsKey(each.path()))
                .toList());
    }

    private List<String> missing(Collection<ElfObject> of) {
        Set<String> present = new HashSet<>();
        for (ElfObject each : objects.values()) {
            String name = each.path().substring(each.path().lastIndexOf('/') + 1);
            present.add(key(each, each.soname()));
            present.add(key(each, name));
        }
        Map<String, List<ElfObject>> wanted = new LinkedHashMap<>();
        for (ElfObject each : of) {
            for (String soname : each.needed()) {
                if (!present.contains(key(each, soname)) && !linked(each, soname)) {
                    wanted.computeIfAbsent(soname, name -> new ArrayList<>()).add(each);
                }
            }
            if (!isThere(each.interpreter())) {
                wanted.computeIfAbsent(each.interpreter(), name -> new ArrayList<>())
                        .add(each);
            }
        }
        List<String> words = new ArrayList<>();
        wanted.forEach((name, by) -> words.add(words(name, by)));
        return words;
    }

    /// Whether the loader of a program is there; a library names none.
    private boolean isThere(String interpreter) {
        return interpreter.isEmpty() || loaders.computeIfAbsent(interpreter, each -> tree.hasFile(relative(each)));
    }

    private String words(String name, List<ElfObject> by) {
        ElfObject first = by.getFirst();
        String owner = owners.get(first.path());
        return name + " is not in the image; needed by /" + first.path() + (owner == null ? "" : " of " + owner)
                + (by.size() > 1 ? " and " + (by.size() - 1) + " more" : "");
    }

    /// Whether a link of that name lies beside: names under which nothing is built, such as those of alternatives.
    private boolean linked(ElfObject by, String soname) {
        if (soname.indexOf('/') >= 0) {
            return fits(by, relative(soname));
        }
        String beside = by.path().substring(0, Math.max(0, by.path().lastIndexOf('/')));
        for (String place : List.of(beside, "usr/lib", "lib", "usr/local/lib")) {
            if (fits(by, place + "/" + soname)) {
                return true;
            }
        }
        return false;
    }

    private boolean fits(ElfObject by, String path) {
        ElfObject found = objects.get(tree.canonical(path, true));
        boolean other = found != null && (found.machine() != by.machine() || found.bits() != by.bits());
        return !other && tree.hasFile(path);
    }

    private static String relative(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }

    private static String key(ElfObject object, String soname) {
        return object.machine() + "/" + object.bits() + "/" + soname;
    }
}
