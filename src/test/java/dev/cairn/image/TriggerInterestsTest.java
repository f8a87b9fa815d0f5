package dev.cairn.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TriggerInterestsTest {
    private final TopTree top = Installed.top();

    @Test
    void pathsAndNamesAreKeptApart() {
        TriggerInterests interests = new TriggerInterests();
        add(interests, "glib:amd64", "# a comment\ninterest-noawait /usr/lib/gio\ninterest-await /usr/share/schemas\n");
        add(interests, "libc-bin", "interest-await ldconfig\n");
        add(interests, "fonts", "activate-noawait ldconfig\ninterest /usr/share/fonts\ninterest-noawait ldconfig\n");
        add(interests, "bad", "interest ../../../etc/passwd\ninterest\ninterest a b\n");
        interests.write(top, "why");

        assertThat(Installed.text(top, "var/lib/dpkg/triggers/File")).isEqualTo("""
                /usr/lib/gio glib:amd64/noawait
                /usr/share/schemas glib:amd64
                /usr/share/fonts fonts
                """);
        assertThat(Installed.text(top, "var/lib/dpkg/triggers/ldconfig")).isEqualTo("libc-bin\nfonts/noawait\n");
        assertThat(top.entries()).hasSize(3);
    }

    private static void add(TriggerInterests interests, String owner, String text) {
        interests.add(owner, text.getBytes(StandardCharsets.UTF_8));
    }
}
