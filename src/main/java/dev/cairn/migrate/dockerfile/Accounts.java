package dev.cairn.migrate.dockerfile;

import dev.cairn.mapping.Distribution.Family;
import dev.cairn.migrate.MappedText;
import dev.cairn.migrate.Reason;
import dev.cairn.migrate.shell.Command;
import dev.cairn.migrate.shell.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Commands that stay as they are but need a package in an apk image: account tools, GNU tar, bash. `adduser` and
/// `addgroup` are busybox's there, with fewer options than Debian's.
final class Accounts {
    private static final Set<String> SHADOW = Set.of(
            "useradd",
            "usermod",
            "userdel",
            "groupadd",
            "groupmod",
            "groupdel",
            "gpasswd",
            "chage",
            "newusers",
            "chsh",
            "chgpasswd",
            "groupmems",
            "vipw",
            "newgidmap",
            "newuidmap");
    private static final Set<String> KNOWN = Set.of(
            "--home",
            "--gecos",
            "--shell",
            "--ingroup",
            "--system",
            "--disabled-password",
            "--empty-password",
            "--no-create-home",
            "--uid",
            "--gid",
            "-h",
            "-g",
            "-s",
            "-G",
            "-S",
            "-D",
            "-H",
            "-u");
    private static final Set<String> POINTLESS = Set.of(
            "--quiet",
            "-q",
            "--force-badname",
            "--allow-badname",
            "--allow-bad-names",
            "--add_extra_groups",
            "--allow-all-names");
    private static final Set<String> WITH_VALUE = Set.of(
            "--home",
            "--gecos",
            "--shell",
            "--ingroup",
            "--uid",
            "--gid",
            "-h",
            "-g",
            "-s",
            "-G",
            "-u",
            "--firstuid",
            "--lastuid");

    private final StageState state;
    private final MappedText text;
    private final ScriptEdits edits;

    Accounts(StageState state, MappedText text, ScriptEdits edits) {
        this.state = state;
        this.text = text;
        this.edits = edits;
    }

    void look(Command.Simple command, boolean simplePlace) {
        if (!state.target.isApk() || state.from.family() == Family.APK || command.name() == null) {
            return;
        }
        Command.Simple inner = command;
        String name = command.name().substring(command.name().lastIndexOf('/') + 1);
        if (name.equals("sudo")
                && command.words().size() > 1
                && command.words().get(1).value() != null) {
            name = command.words().get(1).value();
        }
        if (SHADOW.contains(name)) {
            state.need("shadow");
        } else if (name.equals("tar")
                && inner.words().stream().anyMatch(w -> Housekeeping.literal(w).startsWith("--"))) {
            state.need("tar");
        } else if (name.equals("adduser") || name.equals("addgroup")) {
            adduser(command, name, simplePlace);
        }
        if (name.equals("bash")) {
            state.need("bash");
        }
    }

    private void adduser(Command.Simple command, String name, boolean simplePlace) {
        Word word = command.words().getFirst();
        if (state.from.family() == Family.RPM) {
            String instead = name.equals("adduser") ? "useradd" : "groupadd";
            edits.replace(word.start(), word.end(), instead);
            state.need("shadow");
            report(word, name + " became " + instead + ", which it is in " + state.from);
            return;
        }
        List<Word> names = new ArrayList<>();
        Word group = null;
        boolean system = false;
        List<Word> words = command.words();
        for (int i = 1; i < words.size(); i++) {
            String option = Housekeeping.literal(words.get(i));
            int equals = option.indexOf('=');
            String key = option.startsWith("--") && equals > 0 ? option.substring(0, equals) : option;
            system |= key.equals("--system");
            if (!option.startsWith("-")) {
                names.add(words.get(i));
            } else if (key.equals("--disabled-login")) {
                edits.replace(words.get(i).start(), words.get(i).end(), "--disabled-password");
                report(words.get(i), "--disabled-login is --disabled-password in busybox");
            } else if (POINTLESS.contains(key)) {
                edits.deleteWord(words.get(i).start(), words.get(i).end());
                report(words.get(i), key + " is not known to busybox");
            } else if (key.equals("--group")) {
                group = words.get(i);
            } else if (!KNOWN.contains(key) || (key.equals("--gid") && name.equals("adduser"))) {
                refuse(words.get(i), key);
            }
            if (WITH_VALUE.contains(key) && equals < 0) {
                i++;
            }
        }
        if (group != null) {
            group(word, names, group, system && simplePlace);
        }
    }

    /// `adduser --system --group app` makes the group, too.
    private void group(Word command, List<Word> names, Word group, boolean fits) {
        if (!fits || names.size() != 1) {
            refuse(group, "--group");
            return;
        }
        String name =
                text.text().substring(names.getFirst().start(), names.getFirst().end());
        edits.insertBefore(command.start(), "addgroup --system " + name + " && ");
        edits.replace(group.start(), group.end(), "--ingroup " + name);
        report(group, "busybox makes the group with a command of its own");
    }

    private void report(Word word, String message) {
        state.find(Reason.ACCOUNT_COMMAND, text.offset(word.start()), message);
    }

    private void refuse(Word word, String option) {
        state.find(
                Reason.DISTRIBUTION_COMMAND,
                text.offset(word.start()),
                option + " of adduser has no counterpart in busybox");
    }
}
