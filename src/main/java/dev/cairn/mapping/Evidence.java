package dev.cairn.mapping;

/// One reason to believe that two names mean the same software.
///
/// @param kind what was compared
/// @param detail the thing itself: `curl`, `libssl.so`, `zlib`, a name or a sentence
public record Evidence(Kind kind, String detail) {

    /// What was compared.
    public enum Kind {
        /// A command that both packages install.
        COMMAND("c", "both install the command"),
        /// A shared library that both install; the version may differ.
        LIBRARY("s", "both install the library"),
        /// A pkg-config module that both install.
        PKG_CONFIG("p", "both install the pkg-config module"),
        /// A header that both install.
        HEADER("h", "both install the header"),
        /// A module of a language (Python, Perl, PHP, Ruby) that both install.
        MODULE("m", "both install the module"),
        /// What a package that is empty but for its dependencies asks for.
        META("d", "it only stands for"),
        /// The names are alike by the naming rules of both distributions.
        NAME("n", "by the naming rules of both it is called"),
        /// The name is found in the target under a rule, but nothing more is known of the package there.
        NAME_ONLY("o", "of the target only names are known, among them"),
        /// Both names were found to stand for one software in a third distribution.
        BRIDGE("b", "by way of the Alpine package"),
        /// A person settled it.
        REVIEWED("r", "reviewed by hand"),
        /// The user's own rows.
        CUSTOM("u", "your own row");

        private final String code;
        private final String text;

        Kind(String code, String text) {
            this.code = code;
            this.text = text;
        }

        /// The letter in the tables.
        public String code() {
            return code;
        }

        /// In words: `both install the command`.
        public String text() {
            return text;
        }

        static Kind ofCode(char code) {
            for (Kind kind : values()) {
                if (kind.code.charAt(0) == code) {
                    return kind;
                }
            }
            throw new MappingException(MappingException.Code.TABLE, "no kind of evidence '" + code + "'");
        }
    }

    @Override
    public String toString() {
        return detail.isEmpty() ? kind.text() : kind.text() + " " + detail;
    }
}
