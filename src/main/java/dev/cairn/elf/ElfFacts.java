package dev.cairn.elf;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the dynamic loader is told by an ELF file (System V gABI, chapter 5).
///
/// @param machine `e_machine`, for example [#X86_64]
/// @param bits 32 or 64
/// @param order the file's byte order
/// @param type what kind of object it is; a position-independent program is `SHARED` too
/// @param dynamic whether it has a dynamic section; a static program and an object file have none
/// @param interpreter the loader's path from `PT_INTERP`, or null
/// @param soname `DT_SONAME`, or null
/// @param needed `DT_NEEDED`, in the file's order
/// @param runpath `DT_RUNPATH`, cut at colons; `$ORIGIN` is kept as it is
/// @param rpath `DT_RPATH`, cut at colons; loaders ignore it where there is a runpath
public record ElfFacts(
        int machine,
        int bits,
        ByteOrder order,
        Type type,
        boolean dynamic,
        @Nullable String interpreter,
        @Nullable String soname,
        List<String> needed,
        List<String> runpath,
        List<String> rpath) {
    /// `EM_386`.
    public static final int I386 = 3;
    /// `EM_ARM`.
    public static final int ARM = 40;
    /// `EM_X86_64`.
    public static final int X86_64 = 62;
    /// `EM_AARCH64`.
    public static final int AARCH64 = 183;

    /// `e_type`.
    public enum Type {
        RELOCATABLE,
        EXECUTABLE,
        SHARED,
        CORE,
        OTHER
    }

    public ElfFacts {
        if (bits != 32 && bits != 64) {
            throw new IllegalArgumentException("bits must be 32 or 64: " + bits);
        }
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(type, "type");
        needed = List.copyOf(needed);
        runpath = List.copyOf(runpath);
        rpath = List.copyOf(rpath);
    }

    /// The path that the loader searches for what this file needs: the runpath, else the rpath.
    public List<String> searchPath() {
        return runpath.isEmpty() ? rpath : runpath;
    }
}
