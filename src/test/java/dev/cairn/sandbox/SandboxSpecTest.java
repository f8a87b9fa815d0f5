package dev.cairn.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxSpecTest {
    @TempDir
    Path root;

    @Test
    void portsAreDockersButOnLoopback() {
        assertThat(PortForward.parse("80")).isEqualTo(new PortForward("127.0.0.1", 80, 80));
        assertThat(PortForward.parse("8080:80/tcp")).isEqualTo(new PortForward("127.0.0.1", 8080, 80));
        assertThat(PortForward.parse("0.0.0.0::80")).isEqualTo(new PortForward("0.0.0.0", 0, 80));
        assertThat(PortForward.parse("[::1]:8080:80")).isEqualTo(new PortForward("::1", 8080, 80));
        for (String wrong : List.of("", "a", "80/udp", "1-2:1-2", "99999", "80:0")) {
            assertThatThrownBy(() -> PortForward.parse(wrong)).as(wrong).isInstanceOf(SandboxException.class);
        }
    }

    @Test
    void whatContradictsItselfIsRefused() {
        assertThatThrownBy(() -> SandboxSpec.of(root, "a").capability("cap_fly").build())
                .hasMessage("no such capability: FLY");
        assertThatThrownBy(() -> SandboxSpec.of(root, List.of()).build()).hasMessage("there is no command to run");
        assertThatThrownBy(() -> SandboxSpec.of(root, "a")
                        .network(Network.HOST)
                        .port(PortForward.parse("80"))
                        .build())
                .hasMessageContaining("try: without -p");
        assertThatThrownBy(() -> SandboxSpec.of(root, "a\0b").build()).hasMessage("an argument holds a zero byte");
        assertThatThrownBy(() -> new Mount.Tmpfs("/x", "size=1m,a b")).isInstanceOf(SandboxException.class);
        assertThatThrownBy(() -> new Mount.Volume("/./")).isInstanceOf(SandboxException.class);
    }

    @Test
    void pathsStayInTheRoot() throws IOException {
        Files.createDirectories(root.resolve("usr/lib"));
        Files.createSymbolicLink(root.resolve("lib"), Path.of("usr/lib"));
        Files.createSymbolicLink(root.resolve("up"), Path.of("../../../../etc"));
        Files.createSymbolicLink(root.resolve("usr/lib/abs"), Path.of("/usr/share"));
        Files.createSymbolicLink(root.resolve("loop"), Path.of("loop/x"));

        assertThat(RootPaths.resolve(root, "/lib/new")).isEqualTo(Path.of("usr/lib/new"));
        assertThat(RootPaths.resolve(root, "/up/passwd")).isEqualTo(Path.of("etc/passwd"));
        assertThat(RootPaths.resolve(root, "/lib/abs/x")).isEqualTo(Path.of("usr/share/x"));
        assertThat(RootPaths.resolve(root, "/../../x/.././y")).isEqualTo(Path.of("y"));
        assertThatThrownBy(() -> RootPaths.resolve(root, "/loop")).hasMessageContaining("too many links");
    }

    @Test
    void theHostsUsersAreNotTheImages() throws IOException {
        Files.createDirectories(root.resolve("etc"));
        Files.createSymbolicLink(root.resolve("etc/passwd"), Path.of("/../../../etc/passwd.not.here"));
        assertThatThrownBy(() -> SandboxUser.resolve(root, "daemon"))
                .isInstanceOfSatisfying(
                        SandboxException.class,
                        e -> assertThat(e.code()).isEqualTo(SandboxException.Code.NO_SUCH_USER));
        assertThat(SandboxUser.resolve(root, "")).isEqualTo(new SandboxUser(0, 0, List.of(), "/"));
        assertThat(SandboxUser.resolve(root, "7:8")).isEqualTo(new SandboxUser(7, 8, List.of(), "/"));
    }

    @Test
    void usersFollowDockersRules() throws IOException {
        users(
                "root:x:0:0:root:/root:/bin/sh\napp:x:10:11:App:/home/app:/x\n",
                "app:x:11:\nmore:x:13:b,app\nz:x:12:app\n");
        assertThat(SandboxUser.resolve(root, "app")).isEqualTo(new SandboxUser(10, 11, List.of(12, 13), "/home/app"));
        assertThat(SandboxUser.resolve(root, "10")).isEqualTo(new SandboxUser(10, 11, List.of(12, 13), "/home/app"));
        assertThat(SandboxUser.resolve(root, "app:more")).isEqualTo(new SandboxUser(10, 13, List.of(), "/home/app"));
    }

    @Test
    void mutatedUserFilesEndInOurException() throws IOException {
        Random random = new Random(7);
        String passwd = "root:x:0:0:root:/root:/bin/sh\napp:x:10:11:App:/home/app:/x\n";
        for (int round = 0; round < 500; round++) {
            byte[] bytes = passwd.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 4; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Files.createDirectories(root.resolve("etc"));
            Files.write(root.resolve("etc/passwd"), bytes);
            Files.write(root.resolve("etc/group"), bytes);
            try {
                SandboxUser.resolve(root, "app");
            } catch (SandboxException _) {
                // that is the answer to a broken file
            }
        }
    }

    private void users(String passwd, String group) throws IOException {
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/passwd"), passwd);
        Files.writeString(root.resolve("etc/group"), group);
    }

    @Test
    void jsonEscapesWhatItMust() {
        assertThat(Json.of(Map.of("a\"", List.of("b\\\n\u0001ä", 1, true))))
                .isEqualTo("{\"a\\\"\":[\"b\\\\\\u000a\\u0001ä\",1,true]}");
    }
}
