package dev.cairn.image;

import dev.cairn.digest.Digest;
import dev.cairn.image.definition.Architecture;
import dev.cairn.image.definition.Variant;
import dev.cairn.image.layer.StoredLayer;
import dev.cairn.packages.ResolvedPackage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a definition was resolved to: every package with the place and the digests by which the same image can be built
/// again. Nothing in it depends on the mirror, the machine or the time; equal locks give equal images.
///
/// @param definition the digest of the definition's content that was locked
/// @param images one for each architecture and variant
public record Lock(Digest definition, List<Target> images) {

    public Lock {
        images = List.copyOf(images);
    }

    /// One image of a lock.
    ///
    /// @param architecture what it runs on
    /// @param variant which image it is
    /// @param world what was asked for, in the package format's own words
    /// @param packages what goes in, in install order
    /// @param omissions what resolving brought in and the image leaves out
    public record Target(
            Architecture architecture,
            Variant variant,
            List<String> world,
            List<Locked> packages,
            List<LeftOut> omissions) {
        public Target {
            world = List.copyOf(world);
            packages = List.copyOf(packages);
            omissions = List.copyOf(omissions);
        }
    }

    /// A package of a lock.
    ///
    /// @param resolved what was resolved
    /// @param sha256 the digest of the package file
    /// @param layer the digest of its layer
    /// @param diffId the digest of its layer's tar
    /// @param offset where in the package file the layer begins; -1 when the layer is not a range of the file
    /// @param layerSize the length of the layer in bytes
    public record Locked(
            ResolvedPackage resolved, Digest sha256, Digest layer, Digest diffId, long offset, long layerSize) {
        static Locked of(InstalledPackage each) {
            StoredLayer layer = each.facts().layer();
            boolean verbatim = layer.container().equals(each.file().digest());
            return new Locked(
                    each.resolved(),
                    each.file().digest(),
                    layer.digest(),
                    layer.diffId(),
                    verbatim ? layer.offset() : -1,
                    layer.size());
        }
    }

    /// A package that was left out, and why.
    public record LeftOut(ResolvedPackage resolved, String reason) {}

    /// The lock of these selections.
    public static Lock of(Digest definition, List<Selection> selections) {
        List<Target> targets = new ArrayList<>();
        for (Selection each : selections) {
            targets.add(new Target(
                    each.architecture(),
                    each.variant(),
                    each.world(),
                    each.packages().stream().map(Locked::of).toList(),
                    each.omissions().stream()
                            .map(one -> new LeftOut(one.resolved(), one.reason()))
                            .toList()));
        }
        return new Lock(definition, targets);
    }

    /// The image of an architecture and variant.
    public Optional<Target> find(Architecture architecture, Variant variant) {
        return images.stream()
                .filter(each -> each.architecture() == architecture && each.variant() == variant)
                .findFirst();
    }

    /// How another lock differs, a line for each package; empty when it does not.
    public List<String> differences(Lock other) {
        List<String> lines = new ArrayList<>();
        for (Target target : images) {
            String where = target.architecture() + " " + target.variant().id() + ": ";
            Optional<Target> counterpart = other.find(target.architecture(), target.variant());
            if (counterpart.isEmpty()) {
                lines.add(where + "not locked");
                continue;
            }
            compare(where, target.packages(), counterpart.get().packages(), lines);
        }
        return lines;
    }

    private static void compare(String where, List<Locked> ours, List<Locked> theirs, List<String> lines) {
        for (Locked each : ours) {
            Optional<Locked> same = theirs.stream()
                    .filter(one -> one.resolved().name().equals(each.resolved().name()))
                    .findFirst();
            if (same.isEmpty()) {
                lines.add(where + each.resolved() + " is no longer in");
            } else if (!same.get().sha256().equals(each.sha256())) {
                lines.add(where + each.resolved() + " is now "
                        + same.get().resolved().version());
            }
        }
        for (Locked each : theirs) {
            if (ours.stream()
                    .noneMatch(
                            one -> one.resolved().name().equals(each.resolved().name()))) {
                lines.add(where + each.resolved() + " is new");
            }
        }
    }
}
