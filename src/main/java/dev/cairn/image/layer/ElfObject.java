package dev.cairn.image.layer;

import dev.cairn.elf.ElfFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What linking needs to know of one ELF file of a package that has a dynamic section.
///
/// @param path as in the layer
/// @param machine `e_machine`
/// @param bits 32 or 64
/// @param shared whether it is a shared object; position-independent programs are too
/// @param interpreter the loader that starts it, or empty
/// @param soname the name that others need it by, or empty
/// @param needed the sonames that it asks for
/// @param search its own search path, `$ORIGIN` as it stands
public record ElfObject(
        String path,
        int machine,
        int bits,
        boolean shared,
        String interpreter,
        String soname,
        List<String> needed,
        List<String> search) {

    public ElfObject {
        needed = List.copyOf(needed);
        search = List.copyOf(search);
    }

    /// What is known of the file at this path.
    public static ElfObject of(String path, ElfFacts elf) {
        return new ElfObject(
                path,
                elf.machine(),
                elf.bits(),
                elf.type() == ElfFacts.Type.SHARED,
                orEmpty(elf.interpreter()),
                orEmpty(elf.soname()),
                elf.needed(),
                elf.searchPath());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    void encode(Encoder out) {
        out.text(path);
        out.number(machine);
        out.number(bits);
        out.number(shared ? 1 : 0);
        out.text(interpreter);
        out.text(soname);
        FactsCodec.texts(out, needed);
        FactsCodec.texts(out, search);
    }

    static ElfObject decode(Decoder in) {
        return new ElfObject(
                in.text(),
                in.count(),
                in.count(),
                in.number() == 1,
                in.text(),
                in.text(),
                FactsCodec.texts(in),
                FactsCodec.texts(in));
    }
}
