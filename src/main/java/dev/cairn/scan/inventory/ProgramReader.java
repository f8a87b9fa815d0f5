package dev.cairn.scan.inventory;

import dev.cairn.oci.JsonObject;
import dev.cairn.oci.OciException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Finds what Go and Rust programs say of themselves: Go's build information (Go 1.18 and newer, `debug/buildinfo`),
/// and the zlib-compressed list that cargo-auditable puts into the section `.dep-v0`.
///
/// The file is read as a stream, once: both are found by how they begin, not by the section table, which stands at a
/// file's end. Held at a time: a window of 1 MiB, and at most 16 MiB of build information.
final class ProgramReader {
    private static final byte[] GO = "\u00ff Go buildinf:".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] AUDITABLE = "{\"packages\":".getBytes(StandardCharsets.US_ASCII);
    private static final int WINDOW = 1 << 20;
    private static final int LONGEST = 16 << 20;
    /// How much has to follow before a place can be looked at.
    private static final int AHEAD = 256;

    private final InputStream in;
    private final List<Dependency> dependencies = new ArrayList<>();
    private boolean oldGo;
    private byte[] window = new byte[WINDOW];
    private int length;
    private boolean ended;

    /// A module or crate of a program.
    record Dependency(String type, String name, String version) {}

    ProgramReader(InputStream in) {
        this.in = in;
    }

    /// Reads the whole stream; `start` has been read from it already.
    List<Dependency> read(byte[] start) throws IOException {
        System.arraycopy(start, 0, window, 0, start.length);
        length = start.length;
        boolean go = false;
        boolean rust = false;
        while (true) {
            fill(WINDOW);
            int end = ended ? length : length - AHEAD;
            for (int i = 0; i < end; i++) {
                byte b = window[i];
                if (!go && b == GO[0] && startsWith(i, GO)) {
                    go = true;
                    i = discard(i);
                    goInfo();
                    i = -1;
                    end = ended ? length : Math.max(0, length - AHEAD);
                } else if (!rust && b == 0x78 && mayBeAuditable(i)) {
                    rust = true;
                    i = discard(i);
                    auditable();
                    end = ended ? length : Math.max(0, length - AHEAD);
                }
            }
            if (ended) {
                return dependencies;
            }
            discard(Math.max(0, end));
        }
    }

    /// Whether it is a Go program whose information is of the form before Go 1.18, which is not read.
    boolean isOldGo() {
        return oldGo;
    }

    private void fill(int wanted) throws IOException {
        if (wanted > window.length) {
            window = Arrays.copyOf(window, wanted);
        }
        while (length < wanted && !ended) {
            int read = in.read(window, length, wanted - length);
            ended = read < 0;
            length += Math.max(0, read);
        }
    }

    /// Drops the first bytes of the window; 0, the place where the next one is.
    private int discard(int count) {
        System.arraycopy(window, count, window, 0, length - count);
        length -= count;
        return 0;
    }

    private boolean startsWith(int at, byte[] wanted) {
        return length - at >= wanted.length && Arrays.equals(window, at, at + wanted.length, wanted, 0, wanted.length);
    }

    /// Go: magic of 14 bytes, pointer size, flags; from byte 32 on version and module information, each a varint
    /// length and text.
    private void goInfo() throws IOException {
        fill(AHEAD);
        if (length < 34 || (window[15] & 2) == 0) {
            oldGo = length >= 34;
            discard(Math.min(length, GO.length));
            return;
        }
        int[] at = {32};
        String version = text(at);
        String modules = text(at);
        if (version.startsWith("go")) {
            dependencies.add(new Dependency("golang", "stdlib", goVersion(version)));
        }
        // framed by 16 bytes on either side
        if (modules.length() >= 33) {
            modules(modules.substring(16, modules.length() - 16));
        }
        discard(Math.min(length, GO.length));
    }

    private String text(int[] at) throws IOException {
        int size = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            fill(at[0] + 1);
            if (length <= at[0]) {
                return "";
            }
            byte b = window[at[0]++];
            size |= (b & 0x7f) << shift;
            if (b >= 0) {
                break;
            }
        }
        if (size < 0 || size > LONGEST) {
            return "";
        }
        fill(at[0] + size);
        if (length < at[0] + size) {
            return "";
        }
        String text = new String(window, at[0], size, StandardCharsets.ISO_8859_1);
        at[0] += size;
        return text;
    }

    /// `go1.21rc2` → `1.21-rc2`: as the vulnerability database orders them.
    static String goVersion(String text) {
        String version = text.substring(2);
        int blank = version.indexOf(' ');
        version = blank < 0 ? version : version.substring(0, blank);
        for (String word : new String[] {"rc", "beta"}) {
            int pre = version.indexOf(word);
            if (pre > 0) {
                return version.substring(0, pre) + "-" + version.substring(pre);
            }
        }
        return version;
    }

    /// Lines `mod PATH VERSION SUM`, `dep PATH VERSION SUM`, and `=> PATH VERSION SUM` for the one before.
    private void modules(String text) {
        for (String line : text.split("\n", -1)) {
            String[] words = line.split("\t", -1);
            if (words.length < 3) {
                continue;
            }
            switch (words[0]) {
                case "dep", "mod" -> {
                    boolean development = words[2].equals("(devel)") || words[2].isEmpty();
                    if (!development) {
                        dependencies.add(new Dependency("golang", words[1], words[2]));
                    }
                }
                case "=>" -> {
                    if (!dependencies.isEmpty()) {
                        dependencies.removeLast();
                    }
                    dependencies.add(new Dependency("golang", words[1], words[2]));
                }
                default -> {}
            }
        }
    }

    /// A zlib stream whose text begins as cargo-auditable's does.
    private boolean mayBeAuditable(int at) {
        int header = (window[at] & 0xff) << 8 | (at + 1 < length ? window[at + 1] & 0xff : 0);
        if (header % 31 != 0 || (header & 0x20) != 0) {
            return false;
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(window, at, Math.min(AHEAD, length - at));
            byte[] begin = new byte[AUDITABLE.length];
            int read = 0;
            while (read < begin.length && !inflater.needsInput() && !inflater.finished()) {
                int more = inflater.inflate(begin, read, begin.length - read);
                if (more == 0) {
                    break;
                }
                read += more;
            }
            return read == begin.length && Arrays.equals(begin, AUDITABLE);
        } catch (DataFormatException e) {
            return false;
        } finally {
            inflater.end();
        }
    }

    private void auditable() throws IOException {
        Inflater inflater = new Inflater();
        try {
            byte[] text = new byte[LONGEST];
            int read = 0;
            int used = 0;
            while (!inflater.finished() && read < text.length) {
                if (inflater.needsInput()) {
                    used = Math.toIntExact(inflater.getBytesRead());
                    fill(Math.min(used + (64 << 10), LONGEST));
                    if (used >= length) {
                        return;
                    }
                    inflater.setInput(window, used, length - used);
                }
                read += inflater.inflate(text, read, text.length - read);
            }
            crates(Arrays.copyOf(text, read));
        } catch (DataFormatException e) {
            // it only looked like one
        } finally {
            inflater.end();
        }
    }

    private void crates(byte[] json) {
        try {
            for (JsonObject crate :
                    JsonObject.parse(json, "cargo-auditable", LONGEST).objects("packages")) {
                String kind = crate.optionalString("kind");
                boolean runtime = kind == null || kind.equals("runtime");
                String source = crate.optionalString("source");
                boolean published = source == null || source.equals("crates.io") || source.equals("registry");
                if (runtime && published && !crate.bool("root")) {
                    dependencies.add(new Dependency("cargo", crate.string("name"), crate.string("version")));
                }
            }
        } catch (OciException e) {
            // it only looked like one
        }
    }
}
