package dev.cairn.packages.deb;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where Debian's archives are to be had from this machine. Nothing that is written depends on it.
///
/// @param archive the main archive's address, ending in `/`
/// @param security the security archive's address, ending in `/`
/// @param checksValidUntil whether an expired Release file is refused
public record AptMirror(URI archive, URI security, boolean checksValidUntil) {
    private static final String ARCHIVE = "http://ftp.debian.org/debian/";

    /// The mirror to use: what is asked for, else what the environment says (`CAIRN_DEBIAN_MIRROR`,
    /// `CAIRN_DEBIAN_SECURITY_MIRROR`), else this machine's own apt sources, else Debian's mirror network.
    ///
    /// @param archive the address that was asked for, or null
    /// @param security the security archive's, or null
    /// @param apt apt's configuration folder, `/etc/apt`
    public static AptMirror find(
            @Nullable String archive, @Nullable String security, Map<String, String> environment, Path apt) {
        String wanted = archive != null ? archive : environment.get("CAIRN_DEBIAN_MIRROR");
        String wantedSecurity = security != null ? security : environment.get("CAIRN_DEBIAN_SECURITY_MIRROR");
        if (wanted != null) {
            return of(wanted, Optional.ofNullable(wantedSecurity), true);
        }
        HostApt host = HostApt.read(apt);
        Optional<String> securityMirror = wantedSecurity != null ? Optional.of(wantedSecurity) : host.security();
        return host.archive()
                .map(found -> of(found, securityMirror, host.checksValidUntil()))
                .orElseGet(() -> of(ARCHIVE, securityMirror, true));
    }

    private static AptMirror of(String archive, Optional<String> security, boolean checksValidUntil) {
        String base = archive.endsWith("/") ? archive : archive + "/";
        String beside = base.substring(0, base.length() - 1) + "-security/";
        String other =
                security.map(each -> each.endsWith("/") ? each : each + "/").orElse(beside);
        try {
            return new AptMirror(URI.create(base), URI.create(other), checksValidUntil);
        } catch (IllegalArgumentException e) {
            throw new DebException(DebException.Code.MALFORMED, "not a mirror's address: '" + archive + "'");
        }
    }

    /// A service that keeps archives as they were on a day:
    /// `https://snapshot.example.org/archive/debian/20261124T000000Z`. The security archive of the same moment is
    /// beside it; what was signed then may have expired since.
    public static AptMirror snapshot(String address) {
        int debian = address.indexOf("/debian/");
        Optional<String> security = debian < 0
                ? Optional.empty()
                : Optional.of(address.substring(0, debian) + "/debian-security/" + address.substring(debian + 8));
        return of(address, security, false);
    }

    /// The same, whose Release files may have expired.
    public AptMirror withoutExpiry() {
        return new AptMirror(archive, security, false);
    }

    /// Where a suite of Debian's is.
    URI of(String suite) {
        return suite.endsWith("-security") ? security : archive;
    }
}
