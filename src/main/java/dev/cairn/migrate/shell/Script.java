package dev.cairn.migrate.shell;

/// A shell script that was understood, with the place of everything in it.
///
/// @param text the script
/// @param commands what it does
public record Script(String text, CommandList commands) {

    /// What reading gives.
    public sealed interface Reading {
        /// All of it is understood.
        record Understood(Script script) implements Reading {}

        /// It is no shell script, or it uses what this reader does not know. Nothing may be changed in it.
        ///
        /// @param position where in the text
        /// @param reason what is there
        record Refused(int position, String reason) implements Reading {}
    }

    /// Reads a script: POSIX shell with bash's additions. Any text is fine; nothing is thrown.
    public static Reading read(String text) {
        Cursor cursor = new Cursor(text);
        try {
            return new Reading.Understood(new Script(text, new ListReader(cursor).whole()));
        } catch (Cursor.Unclear unclear) {
            return new Reading.Refused(unclear.position, unclear.reason);
        }
    }
}
