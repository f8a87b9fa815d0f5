package dev.cairn.image.definition;

import dev.cairn.image.definition.DefinitionException.Code;
import dev.cairn.image.definition.YamlNode.Mapping;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads image definitions.
///
/// A definition is one YAML 1.2 document in UTF-8 of at most 1 MiB. Its includes are read and merged as apko does: the
/// included definition goes below the including one. Local files that it names have to be there.
public final class DefinitionReader {
    /// The most bytes that a definition file may have.
    static final int MAX_SIZE = 1 << 20;

    private static final int MAX_INCLUDES = 16;

    private final Map<Path, SourceFile> read = new LinkedHashMap<>();
    private final List<Path> open = new ArrayList<>();

    private DefinitionReader() {}

    /// The definition in `file`, with its includes merged.
    ///
    /// @throws DefinitionException when it is not there or cannot be used; the message says where and why
    /// @throws IOException when a file cannot be read
    public static Definition read(Path file) throws IOException {
        DefinitionReader reader = new DefinitionReader();
        Definition definition = reader.load(file, null);
        DefinitionChecks.check(definition, reader::fault);
        return definition;
    }

    /// The definition whose canonical form ([Definition#canonical()]) this is.
    ///
    /// @param named what it is called in messages; relative local paths are looked for beside it
    /// @throws DefinitionException when it can't be read back: when it is malformed, or holds only the digest of
    ///     something (local files and keys, passwords)
    public static Definition readCanonical(byte[] canonical, Path named) throws IOException {
        if (canonical.length > MAX_SIZE) {
            String problem = "the definition in it is larger than " + MAX_SIZE + " bytes";
            throw new DefinitionException(Code.TOO_LARGE, Position.whole(named), problem, "", "");
        }
        SourceFile source = new SourceFile(named, decode(named, canonical));
        DefinitionReader reader = new DefinitionReader();
        reader.read.put(named, source);
        Mapping mapping = CanonicalReader.definition(source);
        new Checker(source).section(mapping, DefinitionKeys.ROOT);
        Fields fields = new Fields(source, DefinitionKeys.ROOT, mapping);
        Definition definition = new DefinitionBuilder(named, fields).build();
        DefinitionChecks.check(definition, reader::fault);
        if (fields.has("include") || !Arrays.equals(definition.canonical(), canonical)) {
            throw CanonicalReader.refused(source, Code.UNSUPPORTED, "the definition in it does not read back the same");
        }
        return definition;
    }

    private Definition load(Path file, @Nullable Fields from) throws IOException {
        SourceFile source = source(file, from);
        YamlNode root = YamlReader.read(source);
        if (!(root instanceof Mapping mapping)) {
            Position position = root == null ? Position.whole(file) : root.position();
            String found = root == null ? "nothing" : root.kind();
            throw source.fault(
                    Code.WRONG_TYPE,
                    position,
                    "a definition is a mapping with keys such as 'contents', not " + found,
                    "");
        }
        new Checker(source).section(mapping, DefinitionKeys.ROOT);
        Fields fields = new Fields(source, DefinitionKeys.ROOT, mapping);
        Definition own = new DefinitionBuilder(file, fields).build();
        Optional<String> include = fields.text("include");
        return include.isPresent() ? DefinitionMerge.over(included(file, fields, include.get()), own) : own;
    }

    private Definition included(Path file, Fields fields, String text) throws IOException {
        Path path = LocalFiles.beside(file, text);
        if (!Files.exists(path) && text.contains("@") && text.contains("/")) {
            String problem = "definitions are included from local files only";
            throw fields.fault(Code.UNSUPPORTED, "include", problem, "a copy of the file beside this one");
        }
        return load(path, fields);
    }

    private SourceFile source(Path file, @Nullable Fields from) throws IOException {
        if (!Files.exists(file)) {
            throw missing(file, from);
        }
        if (from != null && !Files.isRegularFile(file)) {
            throw from.fault(Code.MISSING_FILE, "include", "'" + file + "' is not a regular file", "");
        }
        Path real = file.toRealPath();
        if (from != null && (open.contains(real) || open.size() > MAX_INCLUDES)) {
            boolean cycle = open.contains(real);
            String problem = cycle ? "'" + file + "' includes itself" : "more than " + MAX_INCLUDES + " includes";
            throw from.fault(cycle ? Code.INCLUDE_CYCLE : Code.TOO_LARGE, "include", problem, "");
        }
        open.add(real);
        SourceFile source = new SourceFile(file, decode(file, bytes(file)));
        read.put(file, source);
        return source;
    }

    private static DefinitionException missing(Path file, @Nullable Fields from) {
        if (from == null) {
            return new DefinitionException(Code.MISSING_FILE, Position.whole(file), "there is no such file", "", "");
        }
        return from.fault(Code.MISSING_FILE, "include", "there is no file '" + file + "'", "");
    }

    private static byte[] bytes(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            String problem = "a definition is a regular file";
            throw new DefinitionException(Code.MISSING_FILE, Position.whole(file), problem, "", "");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_SIZE + 1);
            if (bytes.length > MAX_SIZE) {
                String problem = "larger than " + MAX_SIZE + " bytes";
                throw new DefinitionException(Code.TOO_LARGE, Position.whole(file), problem, "", "");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw missing(file, null);
        }
    }

    private static String decode(Path file, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new DefinitionException(Code.SYNTAX, Position.whole(file), "not UTF-8 text", "", "");
        }
    }

    private DefinitionException fault(Code code, Position position, String problem, String hint) {
        SourceFile source = read.get(position.file());
        return source == null
                ? new DefinitionException(code, position, problem, "", hint)
                : source.fault(code, position, problem, hint);
    }
}
