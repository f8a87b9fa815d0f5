package dev.cairn.image.definition;

import dev.cairn.image.definition.Definition.Contents;
import dev.cairn.image.definition.Definition.Group;
import dev.cairn.image.definition.Definition.NamedText;
import dev.cairn.image.definition.Definition.User;
import dev.cairn.image.definition.DefinitionException.Code;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What no key says alone: checks of a merged definition.
final class DefinitionChecks {

    /// Makes the exception for a fault at a position.
    interface Faults {
        /// The exception, with the line at `position` shown.
        DefinitionException at(Code code, Position position, String problem, String hint);
    }

    private final Definition definition;
    private final Faults faults;

    private DefinitionChecks(Definition definition, Faults faults) {
        this.definition = definition;
        this.faults = faults;
    }

    static void check(Definition definition, Faults faults) {
        DefinitionChecks checks = new DefinitionChecks(definition, faults);
        checks.repositories();
        checks.keyring();
        checks.packages();
        checks.accounts();
        checks.names(definition.certificates());
        checks.names(definition.contents().runtimeKeyring());
    }

    private void repositories() {
        List<Entry> all = new ArrayList<>(definition.buildTimeRepositories());
        all.addAll(definition.contents().runtimeRepositories());
        for (Entry entry : all) {
            if (entry.isAptSource() != all.getFirst().isAptSource()) {
                String problem = "apk and apt repositories in one definition: an image is made of one kind of package";
                throw faults.at(Code.BAD_VALUE, entry.position(), problem, "");
            }
            if (!entry.isAptSource()) {
                apkRepository(entry);
            }
        }
    }

    private void apkRepository(Entry entry) {
        String text = entry.text();
        boolean source = text.startsWith("deb-src");
        boolean tagged = text.startsWith("@");
        int space = Math.max(text.indexOf(' '), text.indexOf('\t'));
        boolean spaced = tagged ? text.substring(space + 1).strip().indexOf(' ') >= 0 : space >= 0;
        if (source || spaced || (tagged && space <= 1)) {
            String problem = source
                    ? "source packages are not installed"
                    : "a repository is 'deb SUITE COMPONENT…', an address, a folder, or '@tag' and one of these";
            boolean debian = source || (spaced && !tagged);
            String hint = debian ? "deb trixie main" : "'@local ./packages'";
            throw faults.at(Code.BAD_VALUE, entry.position(), problem, hint);
        }
    }

    private void keyring() {
        for (Entry key : definition.contents().keyring()) {
            if (!key.isAddress() && !Files.exists(key.localPath())) {
                String problem = "there is no key file '" + Excerpt.quotable(key.text()) + "'";
                throw faults.at(Code.MISSING_FILE, key.position(), problem, "");
            }
        }
    }

    private void packages() {
        Contents contents = definition.contents();
        Set<String> kept = new HashSet<>();
        contents.keep().forEach(entry -> kept.add(entry.text()));
        for (Entry excluded : contents.exclude()) {
            if (kept.contains(excluded.text())) {
                String problem = "'" + Excerpt.quotable(excluded.text()) + "' is in 'exclude' and in 'keep'";
                throw faults.at(Code.BAD_VALUE, excluded.position(), problem, "");
            }
        }
    }

    private void accounts() {
        Map<String, User> users = new HashMap<>();
        for (User user : definition.accounts().users()) {
            User other = users.putIfAbsent(user.name(), user);
            if (other != null && !other.equals(user)) {
                throw twice("user", user.name());
            }
        }
        Map<String, Group> groups = new HashMap<>();
        for (Group group : definition.accounts().groups()) {
            Group other = groups.putIfAbsent(group.name(), group);
            if (other != null && !other.equals(group)) {
                throw twice("group", group.name());
            }
        }
    }

    private DefinitionException twice(String what, String name) {
        Position position = Position.whole(definition.file());
        return faults.at(Code.BAD_VALUE, position, "two different definitions of the " + what + " '" + name + "'", "");
    }

    private void names(List<NamedText> texts) {
        Set<String> names = new HashSet<>();
        for (NamedText text : texts) {
            if (!names.add(text.name())) {
                throw faults.at(Code.BAD_VALUE, text.position(), "the name '" + text.name() + "' stands twice", "");
            }
        }
    }
}
