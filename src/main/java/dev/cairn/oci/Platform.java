package dev.cairn.oci;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The operating system and processor that an image is for, in Go's names (OCI image-spec, image-index.md, "platform").
///
/// Text form: `linux/amd64`, `linux/arm/v7`.
///
/// @param os the operating system: `linux`
/// @param architecture the processor: `amd64`, `arm64`
/// @param variant the processor's variant: `v7`, `v8`
/// @param osVersion the operating system's version, where it matters (Windows)
/// @param osFeatures features of the operating system that the image needs
public record Platform(
        String os,
        String architecture,
        @Nullable String variant,
        @Nullable String osVersion,
        List<String> osFeatures) {
    /// 64-bit x86 Linux.
    public static final Platform LINUX_AMD64 = linux("amd64");

    /// 64-bit ARM Linux.
    public static final Platform LINUX_ARM64 = linux("arm64");

    public Platform {
        osFeatures = List.copyOf(osFeatures);
    }

    /// Linux on this processor, in Go's name for it.
    public static Platform linux(String architecture) {
        return new Platform("linux", architecture, null, null, List.of());
    }

    /// Reads `os/architecture` or `os/architecture/variant`; a lone architecture is one of Linux.
    public static Platform parse(String text) {
        String[] parts = text.split("/", -1);
        boolean valid = parts.length <= 3;
        for (String part : parts) {
            valid &= isWord(part);
        }
        if (!valid) {
            throw new OciException(
                    OciException.Code.INVALID_TEXT, "not a platform: '" + text + "' (expected os/architecture)");
        }
        if (parts.length == 1) {
            return linux(parts[0]);
        }
        return new Platform(parts[0], parts[1], parts.length == 3 ? parts[2] : null, null, List.of());
    }

    /// Whether an image for `other` runs where this platform is asked for: same system and processor, and the same
    /// variant where both name one (`arm64` and `arm64/v8` are the same).
    public boolean accepts(Platform other) {
        return os.equals(other.os)
                && architecture.equals(other.architecture)
                && (variant == null || other.variant == null || variant.equals(other.variant));
    }

    private static boolean isWord(String part) {
        if (part.isEmpty() || part.length() > 64) {
            return false;
        }
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-')) {
                return false;
            }
        }
        return true;
    }

    static Platform read(JsonObject json) {
        return new Platform(
                json.string("os"),
                json.string("architecture"),
                json.optionalString("variant"),
                json.optionalString("os.version"),
                json.strings("os.features"));
    }

    /// The fields in the order of the specification, architecture first.
    void write(JsonWriter json) {
        json.string("architecture", architecture);
        json.string("os", os);
        json.optionalString("os.version", osVersion);
        if (!osFeatures.isEmpty()) {
            json.strings("os.features", osFeatures);
        }
        json.optionalString("variant", variant);
    }

    @Override
    public String toString() {
        return variant == null ? os + "/" + architecture : os + "/" + architecture + "/" + variant;
    }
}
