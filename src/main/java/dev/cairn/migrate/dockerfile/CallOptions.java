package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.MappedText;
import dev.cairn.migrate.Reason;

/// Looks at the options of a package manager's call: which mean nothing to the target, and which would be missed.
final class CallOptions {
    private final StageState state;
    private final MappedText text;

    CallOptions(StageState state, MappedText text) {
        this.state = state;
        this.text = text;
    }

    /// Whether every option of the call can be left out or kept; what cannot is reported.
    boolean fit(ManagerCall call, boolean apkToApk) {
        boolean fits = true;
        for (ManagerCall.Option option : call.options()) {
            int offset = text.offset(option.word().start());
            String name = option.text();
            if (isSuite(call, name)) {
                state.find(
                        Reason.SUITE_DROPPED,
                        offset,
                        name + " " + option.valueText() + " names a suite of " + state.from);
                continue;
            }
            if (call.manager() == Manager.APK) {
                fits &= apkOptionFits(call, option, apkToApk, offset);
            } else if (!name.equals("--") && !call.manager().isHarmless(name, option.valueText())) {
                state.find(
                        Reason.MANAGER_OPTION,
                        offset,
                        name + " of " + call.name().value() + " has no counterpart");
                fits = false;
            }
        }
        return fits;
    }

    private static boolean isSuite(ManagerCall call, String option) {
        return call.manager() == Manager.APT
                && (option.equals("-t")
                        || (option.startsWith("-t") && !option.startsWith("--"))
                        || option.startsWith("--target-release")
                        || option.startsWith("--default-release"));
    }

    private boolean apkOptionFits(ManagerCall call, ManagerCall.Option option, boolean apkToApk, int offset) {
        String name = option.text();
        boolean virtual = name.equals("-t") || name.startsWith("--virtual");
        if (virtual) {
            return true;
        }
        if (name.equals("-X") || name.startsWith("--repository")) {
            String place = option.valueText() + name;
            boolean own = place.contains("alpinelinux.org")
                    || place.contains("/alpine/")
                    || (option.value() != null && option.value().value() == null);
            if (!own) {
                state.find(Reason.THIRD_PARTY_REPOSITORY, offset, "packages of " + place);
            }
            return own;
        }
        if (name.startsWith("--allow-untrusted")) {
            state.find(Reason.LOCAL_PACKAGE, offset, "apk installs what nobody signed");
            return false;
        }
        if (apkToApk || call.manager().isHarmless(name, option.valueText())) {
            return true;
        }
        state.find(Reason.MANAGER_OPTION, offset, name + " of apk has no counterpart");
        return false;
    }
}
