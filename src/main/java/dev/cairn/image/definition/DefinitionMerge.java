package dev.cairn.image.definition;

import dev.cairn.image.definition.Definition.Accounts;
import dev.cairn.image.definition.Definition.Contents;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Lays a definition over the one that it includes, by apko's rules: lists are joined, the included one first;
/// mappings are joined, the including one's values winning; the rest is taken from the including one where it says
/// anything. As in apko, `entrypoint`, `archs` and `certificates` are each taken whole, and `vcs-url` is never
/// included.
final class DefinitionMerge {
    private DefinitionMerge() {}

    static Definition over(Definition base, Definition top) {
        return new Definition(
                joined(top.sources(), base.sources()),
                contents(base.contents(), top.contents()),
                top.entrypoint().equals(Definition.Entrypoint.NONE) ? base.entrypoint() : top.entrypoint(),
                chosen(base.cmd(), top.cmd()),
                chosen(base.stopSignal(), top.stopSignal()),
                chosen(base.workDir(), top.workDir()),
                accounts(base.accounts(), top.accounts()),
                chosen(base.archs(), top.archs()),
                joined(base.environment(), top.environment()),
                joined(base.annotations(), top.annotations()),
                joined(base.volumes(), top.volumes()),
                joined(base.paths(), top.paths()),
                joined(base.files(), top.files()),
                chosen(base.certificates(), top.certificates()),
                joined(base.osRelease(), top.osRelease()),
                top.budget().isPresent() ? top.budget() : base.budget(),
                top.variant() == Variant.RUNTIME ? base.variant() : top.variant(),
                top.vcsUrl());
    }

    private static Contents contents(Contents base, Contents top) {
        return new Contents(
                joined(base.repositories(), top.repositories()),
                joined(base.buildRepositories(), top.buildRepositories()),
                joined(base.runtimeRepositories(), top.runtimeRepositories()),
                joined(base.keyring(), top.keyring()),
                joined(base.runtimeKeyring(), top.runtimeKeyring()),
                joined(base.packages(), top.packages()),
                joined(base.exclude(), top.exclude()),
                joined(base.keep(), top.keep()));
    }

    private static Accounts accounts(Accounts base, Accounts top) {
        return new Accounts(
                joined(base.users(), top.users()),
                joined(base.groups(), top.groups()),
                chosen(base.runAs(), top.runAs()));
    }

    /// An entry that both have alike (the same user, say) is there once.
    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        for (T each : second) {
            if (each instanceof Path || !first.contains(each)) {
                all.add(each);
            }
        }
        return all;
    }

    private static SortedMap<String, String> joined(SortedMap<String, String> base, SortedMap<String, String> top) {
        SortedMap<String, String> all = new TreeMap<>(base);
        all.putAll(top);
        return all;
    }

    private static <T> List<T> chosen(List<T> base, List<T> top) {
        return top.isEmpty() ? base : top;
    }

    private static <T> Optional<T> chosen(Optional<T> base, Optional<T> top) {
        return top.isPresent() ? top : base;
    }
}
