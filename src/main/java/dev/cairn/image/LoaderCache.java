package dev.cairn.image;

import dev.cairn.elf.ElfFacts;
import dev.cairn.image.layer.ElfObject;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes `/etc/ld.so.cache` as `ldconfig` would, where a library lies in a directory that glibc's loader knows through
/// it only (a package's `ld.so.conf.d`). Elsewhere the loader needs none, and musl's never does.
///
/// The format is `glibc-ld.so.cache1.1` (glibc's `dl-cache.h`): a header, entries that are sorted so that the loader
/// can
/// search by halves, then the strings. Libraries for special processors (`glibc-hwcaps`) are not listed.
final class LoaderCache {
    private static final String PATH = "etc/ld.so.cache";
    private static final String WHY = "generated: where libraries lie";
    private static final int HEADER = 48;
    private static final int ENTRY = 24;
    private static final int LITTLE_ENDIAN = 2;
    private static final int ELF_LIBC6 = 3;

    private final ImageTree tree;
    private final Map<String, ElfObject> objects;
    private final LibraryPath libraryPath;
    private final int machine;

    private LoaderCache(ImageTree tree, Map<String, ElfObject> objects, LibraryPath libraryPath, int machine) {
        this.tree = tree;
        this.objects = objects;
        this.libraryPath = libraryPath;
        this.machine = machine;
    }

    /// Adds the cache to the top layer if a library needs it.
    static void write(ImageTree tree, Captured captured, Linkage linkage) {
        int machine = linkage.glibcMachine();
        if (machine < 0 || tree.view().has(PATH)) {
            return;
        }
        LibraryPath libraryPath = new LibraryPath(tree, captured, machine);
        boolean needed = linkage.objects().keySet().stream().anyMatch(each -> libraryPath.needsCache(parent(each)));
        if (needed) {
            LoaderCache cache = new LoaderCache(tree, linkage.objects(), libraryPath, machine);
            tree.top().file(PATH, 0644, encode(cache.libraries(), flags(machine)), WHY);
            if (!tree.view().has(LibraryPath.CONFIGURATION)) {
                tree.top().file(LibraryPath.CONFIGURATION, 0644, DebianFiles.utf8(LibraryPath.DISTRIBUTIONS), WHY);
            }
        }
    }

    private static int flags(int machine) {
        return ELF_LIBC6
                | switch (machine) {
                    case ElfFacts.X86_64 -> 0x0300;
                    case ElfFacts.AARCH64 -> 0x0a00;
                    case ElfFacts.ARM -> 0x0900;
                    default -> 0;
                };
    }

    /// A soname and the path where it lies.
    record Library(String soname, String path) {}

    /// What ldconfig lists: in each directory every soname once.
    private List<Library> libraries() {
        List<Library> found = new ArrayList<>();
        libraryPath.all().forEach((directory, shown) -> {
            Map<String, String> names = new TreeMap<>();
            for (String name : names(directory)) {
                ElfObject object = library(directory + "/" + name);
                if (object != null) {
                    names.merge(soname(directory, name, object), name, LoaderCache::newer);
                }
            }
            names.forEach((soname, name) -> {
                boolean linked = tree.exists(directory + "/" + soname);
                found.add(new Library(soname, shown + "/" + (linked ? soname : name)));
            });
        });
        found.sort((a, b) -> compare(b.soname(), a.soname()));
        return found;
    }

    private List<String> names(String directory) {
        List<String> names = new ArrayList<>();
        tree.view()
                .below(directory)
                .forEach(each -> addName(names, directory, each.fact().path()));
        tree.top()
                .below(directory)
                .forEach(each -> addName(names, directory, each.tar().path()));
        return names.stream().distinct().sorted().toList();
    }

    private static void addName(List<String> names, String directory, String path) {
        String name = path.substring(directory.length() + 1);
        boolean library = (name.startsWith("lib") || name.startsWith("ld-")) && name.contains(".so");
        if (library && name.indexOf('/') < 0) {
            names.add(name);
        }
    }

    private @Nullable ElfObject library(String path) {
        ElfObject object = objects.get(tree.canonical(path, true));
        return object != null && object.machine() == machine && object.shared() ? object : null;
    }

    /// A link counts by its own name, unless it only leads from one version's name to another's.
    private String soname(String directory, String name, ElfObject object) {
        String real = object.path().substring(object.path().lastIndexOf('/') + 1);
        String soname = object.soname().isEmpty() ? real : object.soname();
        boolean link = !tree.canonical(directory + "/" + name, true).equals(directory + "/" + name);
        boolean developers = real.endsWith(".so") && soname.startsWith(real);
        return link && (real.equals(soname) || developers) ? name : soname;
    }

    private static String newer(String one, String other) {
        return compare(one, other) >= 0 ? one : other;
    }

    /// glibc's order of library names: runs of digits compare as numbers.
    static int compare(String one, String other) {
        int i = 0;
        int j = 0;
        while (i < one.length()) {
            boolean digit = isDigit(one, i);
            if (digit && isDigit(other, j)) {
                int endOne = end(one, i);
                int endOther = end(other, j);
                int order = Long.compare(number(one, i, endOne), number(other, j, endOther));
                if (order != 0) {
                    return order;
                }
                i = endOne;
                j = endOther;
            } else if (digit) {
                return 1;
            } else if (isDigit(other, j)) {
                return -1;
            } else if (j >= other.length() || one.charAt(i) != other.charAt(j)) {
                return j >= other.length() ? 1 : one.charAt(i) - other.charAt(j);
            } else {
                i++;
                j++;
            }
        }
        return j < other.length() ? -1 : 0;
    }

    private static boolean isDigit(String text, int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private static int end(String text, int from) {
        int end = from;
        while (isDigit(text, end)) {
            end++;
        }
        return end;
    }

    /// glibc lets a number overflow an int; names with longer ones are not in use, and order alike here.
    private static long number(String text, int from, int end) {
        long value = 0;
        for (int i = from; i < end; i++) {
            value = (value * 10 + text.charAt(i) - '0') & 0x7fff_ffffL;
        }
        return value;
    }

    static byte[] encode(List<Library> libraries, int flags) {
        ByteArrayOutputStream strings = new ByteArrayOutputStream();
        Map<String, Integer> offsets = new HashMap<>();
        int base = HEADER + libraries.size() * ENTRY;
        ByteBuffer out = ByteBuffer.allocate(base).order(ByteOrder.LITTLE_ENDIAN);
        out.put("glibc-ld.so.cache1.1".getBytes(StandardCharsets.US_ASCII)).putInt(libraries.size());
        out.position(HEADER);
        for (Library each : libraries) {
            out.putInt(flags);
            out.putInt(base + offset(each.soname(), strings, offsets));
            out.putInt(base + offset(each.path(), strings, offsets));
            out.putInt(0).putLong(0);
        }
        out.putInt(24, strings.size()).put(28, (byte) LITTLE_ENDIAN);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(out.array());
        file.writeBytes(strings.toByteArray());
        return file.toByteArray();
    }

    private static int offset(String text, ByteArrayOutputStream strings, Map<String, Integer> offsets) {
        return offsets.computeIfAbsent(text, each -> {
            int at = strings.size();
            strings.writeBytes(each.getBytes(StandardCharsets.UTF_8));
            strings.write(0);
            return at;
        });
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
