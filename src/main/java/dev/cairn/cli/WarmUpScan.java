package dev.cairn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A small database, and a bill of materials that has flaws by it, so that [WarmUp] can scan.
final class WarmUpScan {
    private static final int PACKAGES = 40;

    private final Path folder;

    /// Below this folder.
    WarmUpScan(Path folder) {
        this.folder = folder;
    }

    /// What runs a command.
    interface Command {
        void run(String... args);
    }

    /// Runs the commands about evidence.
    void run(Command cairn) throws IOException {
        Files.createDirectories(folder);
        String data = folder.resolve("data").toString();
        String before = bill("before", "1.0-r0");
        String after = bill("after", "1.0-r2");
        cairn.run(
                "advisory",
                "update",
                "--data",
                data,
                "--feed",
                "secdb:wolfi=" + secdb(),
                "--feed",
                "scores=" + scores());
        for (int i = 0; i < 3; i++) {
            cairn.run("scan", before, "--data", data);
        }
        cairn.run("scan", before, "--data", data, "--fail-on", "high,fixable", "--policy", "fedramp-rev5", "--record");
        cairn.run("scan", after, "--data", data, "--record");
        for (String format : new String[] {"json", "sarif", "html", "csv", "xlsx"}) {
            cairn.run(
                    "scan",
                    before,
                    "--data",
                    data,
                    "--to",
                    folder.resolve("report." + format).toString());
        }
        cairn.run("compare", before, after, "--data", data);
        cairn.run("explain", before, "CVE-2024-1001", "--data", data);
        cairn.run("trend", "--data", data);
    }

    private String secdb() throws IOException {
        StringBuilder packages = new StringBuilder();
        for (int i = 0; i < PACKAGES; i++) {
            packages.append(i == 0 ? "" : ",")
                    .append("{\"pkg\":{\"name\":\"origin")
                    .append(i)
                    .append("\",\"secfixes\":{\"1.0-r1\":[\"CVE-2024-")
                    .append(1000 + i)
                    .append("\",\"GHSA-warm-")
                    .append(i)
                    .append("\"],\"0\":[\"CVE-2023-")
                    .append(1000 + i)
                    .append("\"]}}}");
        }
        return write("secdb.json", "{\"packages\":[" + packages + "]}");
    }

    private String scores() throws IOException {
        return write(
                "scores.json",
                "{\"CVE-2024-1000\":{\"sev\":\"High\",\"score\":7.5},"
                        + "\"CVE-2024-1001\":{\"sev\":\"Critical\",\"score\":9.8,\"epss\":0.7}}");
    }

    private String bill(String name, String version) throws IOException {
        StringBuilder components =
                new StringBuilder("{\"type\":\"operating-system\",\"name\":\"wolfi\",\"version\":\"20230201\"}");
        for (int i = 0; i < PACKAGES; i++) {
            components
                    .append(",{\"type\":\"library\",\"bom-ref\":\"p")
                    .append(i)
                    .append("\",\"name\":\"package")
                    .append(i)
                    .append("\",\"version\":\"")
                    .append(version)
                    .append("\",\"purl\":\"pkg:apk/wolfi/package")
                    .append(i)
                    .append('@')
                    .append(version)
                    .append("?arch=x86_64&upstream=origin")
                    .append(i)
                    .append("\"}");
        }
        return write(
                name + ".cdx.json",
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"version\":1,\"metadata\":{\"component\":"
                        + "{\"type\":\"container\",\"name\":\"" + name + "\"}},\"components\":[" + components + "]}");
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
