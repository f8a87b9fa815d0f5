package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.cairn.oci.Image;
import dev.cairn.oci.Platform;
import dev.cairn.oci.layout.LayoutReader;
import dev.cairn.oci.layout.LayoutWriter;
import dev.cairn.testing.SmallImages;
import dev.cairn.testing.TestRegistry;
import dev.cairn.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A Maven build with Jib takes its base from our registry and pushes there what it makes of it.
class JibIT {
    private static final String VERSION = "3.4.6";

    @TempDir
    private Path folder;

    private static String pom(String from, String to, String robot) {
        String auth = "<auth><username>org/robot</username><password>" + robot + "</password></auth>";
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>example</groupId><artifactId>hello</artifactId><version>1</version>
                  <properties><project.build.sourceEncoding>UTF-8</project.build.sourceEncoding></properties>
                  <build><plugins><plugin>
                    <groupId>com.google.cloud.tools</groupId><artifactId>jib-maven-plugin</artifactId>
                    <version>%s</version>
                    <configuration>
                      <from><image>%s</image>%s</from>
                      <to><image>%s</image>%s</to>
                      <container><format>OCI</format><mainClass>Hello</mainClass></container>
                      <containerizingMode>exploded</containerizingMode>
                      <allowInsecureRegistries>true</allowInsecureRegistries>
                    </configuration>
                  </plugin></plugins></build>
                </project>
                """.formatted(VERSION, from, auth, to, auth);
    }

    @Test
    void aMavenBuildPullsItsBaseAndPushesItsImage() throws IOException {
        Tool maven = Tool.require("mvn").with("JAVA_HOME", System.getProperty("java.home"));
        Tool skopeo = Tool.require("skopeo");
        if (maven.run("-q", "-B", "dependency:get", "-Dartifact=com.google.cloud.tools:jib-maven-plugin:" + VERSION)
                        .exit()
                != 0) {
            System.out.println("skipped: Jib can't be had from Maven's repository");
            abort("Jib can't be had");
        }
        try (TestRegistry registry = TestRegistry.start(folder.resolve("registry"))) {
            String robot = registry.robot("org", "robot", "editor");
            String creds = "org/robot:" + robot;
            Image base = SmallImages.image(SmallImages.file("base", "of ours"));
            Path layout = folder.resolve("layout");
            new LayoutWriter().add(base, List.of()).writeFolder(layout);
            String from = registry.host() + "/org/base";
            skopeo.run(
                            "copy",
                            "--dest-tls-verify=false",
                            "--dest-creds",
                            creds,
                            "oci:" + layout,
                            "docker://" + from + ":1")
                    .success();

            Path project = Files.createDirectories(folder.resolve("project"));
            Path classes = Files.createDirectories(project.resolve("target/classes"));
            Files.write(classes.resolve("Hello.class"), new byte[] {1, 2, 3});
            String to = registry.host() + "/org/hello";
            Files.writeString(project.resolve("pom.xml"), pom(from + ":1", to + ":1", robot));
            maven.run(
                            "-q",
                            "-B",
                            "-f",
                            project.resolve("pom.xml"),
                            "-DsendCredentialsOverHttp=true",
                            "-Djib.useOnlyProjectCache=true",
                            "jib:build")
                    .success();

            Path back = folder.resolve("back");
            skopeo.run(
                            "copy",
                            "--src-tls-verify=false",
                            "--src-creds",
                            creds,
                            "docker://" + to + ":1",
                            "oci:" + back + ":1")
                    .success();
            Image made = LayoutReader.open(back).image("1", Platform.LINUX_AMD64);
            assertThat(made.layers().size()).isGreaterThan(base.layers().size());
            assertThat(made.config().diffIds().subList(0, base.layers().size()))
                    .isEqualTo(base.config().diffIds());
            assertThat(made.config().execution().entrypoint()).contains("Hello");
        }
    }
}
