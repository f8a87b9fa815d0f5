package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.ByteRange;
import dev.cairn.migrate.MappedText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One instruction of a Dockerfile, as BuildKit's parser sees it, and where each of its parts is in the file.
///
/// @param keyword in lower case; `""` for a line of continuations alone
/// @param flags the `--name=value` words directly behind the keyword
/// @param arguments what follows: one word for `RUN`, `CMD` and the like in shell form, the strings of a JSON form, the
///     words of `FROM`, `COPY` and `ARG`; key, value and `=` or `""` in turn for `ENV` and `LABEL`; nothing for
/// `ONBUILD`
/// @param json whether the arguments were written as a JSON array
/// @param line the whole logical line: keyword to end, continuations and comments between the lines taken out
/// @param body the logical line behind keyword and flags
/// @param range the bytes from the first to the last, without the final newline; here-documents included
/// @param heredocs the here-documents, in order
/// @param trigger for `ONBUILD`, the instruction that it holds back
public record Instruction(
        String keyword,
        List<Word> flags,
        List<Word> arguments,
        boolean json,
        MappedText line,
        MappedText body,
        ByteRange range,
        List<Heredoc> heredocs,
        @Nullable Instruction trigger) {
    public Instruction {
        flags = List.copyOf(flags);
        arguments = List.copyOf(arguments);
        heredocs = List.copyOf(heredocs);
    }

    /// Whether this is such an instruction.
    public boolean is(String name) {
        return keyword.equals(name);
    }

    /// The value of a flag: of `--from=x`, given `from`, it is `x`; null where there is no such flag.
    public @Nullable String flag(String name) {
        for (Word flag : flags) {
            String value = flag.value();
            if (value.startsWith(name, 2) && value.startsWith("=", name.length() + 2)) {
                return value.substring(name.length() + 3);
            }
        }
        return null;
    }

    /// The keyword's bytes.
    public ByteRange keywordRange() {
        return line.range(0, keyword.length());
    }

    Instruction with(ByteRange whole, List<Heredoc> documents) {
        return new Instruction(keyword, flags, arguments, json, line, body, whole, documents, trigger);
    }
}
