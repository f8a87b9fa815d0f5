package dev.cairn.image;

import dev.cairn.image.definition.Architecture;
import dev.cairn.image.definition.Variant;
import java.util.List;

/// What goes into an image for one architecture: its packages in install order, and those left out.
///
/// @param architecture what the image runs on
/// @param variant which image it is
/// @param world what was asked for, in the package format's own words
/// @param packages what goes in, each with its file and facts
/// @param omissions what resolving brought in besides
/// @param warnings what a person should know of the choice
public record Selection(
        Architecture architecture,
        Variant variant,
        List<String> world,
        List<InstalledPackage> packages,
        List<Omission> omissions,
        List<String> warnings) {

    public Selection {
        world = List.copyOf(world);
        packages = List.copyOf(packages);
        omissions = List.copyOf(omissions);
        warnings = List.copyOf(warnings);
    }
}
