package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.ByteRange;

/// A here-document of `RUN`, `COPY`, `ADD` or `ONBUILD` of these.
///
/// @param name the word that ends it
/// @param expand whether variables in it are expanded: no part of the word was quoted
/// @param chomp whether leading tabs are taken away: `<<-`
/// @param content its lines
/// @param terminator the line that ends it, without the newline
public record Heredoc(String name, boolean expand, boolean chomp, ByteRange content, ByteRange terminator) {}
