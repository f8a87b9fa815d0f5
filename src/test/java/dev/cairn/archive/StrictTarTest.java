package dev.cairn.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.archive.StrictTar.NotVerbatim;
import dev.cairn.archive.StrictTar.Reason;
import dev.cairn.archive.StrictTar.Verbatim;
import dev.cairn.testing.SharedData;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrictTarTest {
    private static final byte[] NONE = {};

    @Test
    void anOrdinaryTreeMayBeALayerAsItIs() throws IOException {
        Tars tar = new Tars()
                .directory("./")
                .directory("usr")
                .entry("lib", '2', "usr/lib", NONE)
                .directory("usr/lib")
                .file("usr/lib/a")
                .entry("usr/lib/b", '1', "usr/lib/a", NONE)
                .entry("usr/lib/c", '1', "usr/lib/b", NONE)
                .entry("usr/lib/d", '2', "../../etc/d", NONE)
                .entry("usr/lib/e", '2', "/etc/e", NONE)
                .file("usr/lib.wh.x")
                .end();
        assertThat(check(tar)).isEqualTo(new Verbatim());
    }

    @Test
    void everyReasonIsFound() throws IOException {
        notVerbatim(Reason.NO_END, new Tars().file("a"));
        notVerbatim(Reason.NO_END, new Tars().file("a").raw(new byte[512]));
        notVerbatim(Reason.UNREADABLE, new Tars().file("a").end().file("b"));
        notVerbatim(Reason.UNREADABLE, new Tars().file("../a").end());
        notVerbatim(Reason.UNREADABLE, new Tars().entry("a", 'Z', "", NONE).end());
        notVerbatim(
                Reason.GLOBAL_HEADER, new Tars().pax('g', "comment=x").file("a").end());
        notVerbatim(Reason.WHITEOUT, new Tars().file("a/.wh.b").end());
        notVerbatim(Reason.WHITEOUT, new Tars().file(".wh..wh..opq").end());
        notVerbatim(Reason.WHITEOUT, new Tars().file("a/.wh.b/c").end());
        notVerbatim(Reason.DEVICE, new Tars().entry("a", '3', "", NONE).end());
        notVerbatim(Reason.DEVICE, new Tars().entry("a", '4', "", NONE).end());
        notVerbatim(Reason.DUPLICATE_PATH, new Tars().file("a").file("a").end());
        notVerbatim(Reason.DUPLICATE_PATH, new Tars().file("a/b").file("./a//b").end());
        notVerbatim(
                Reason.DUPLICATE_PATH, new Tars().directory("a").directory("a/").end());
        notVerbatim(
                Reason.PARENT_IS_NO_DIRECTORY, new Tars().file("a").file("a/b").end());
        notVerbatim(
                Reason.PARENT_IS_NO_DIRECTORY,
                new Tars().file("a/b/c").entry("a", '2', "etc", NONE).end());
        notVerbatim(
                Reason.LINK_OUT_OF_TREE,
                new Tars().entry("a", '2', "../b", NONE).end());
        notVerbatim(
                Reason.LINK_OUT_OF_TREE,
                new Tars().entry("a/b", '2', "c/../../../d", NONE).end());
        notVerbatim(
                Reason.LINK_OUT_OF_TREE,
                new Tars().entry("a/b", '2', "/..", NONE).end());
        notVerbatim(
                Reason.DANGLING_HARD_LINK, new Tars().entry("a", '1', "b", NONE).end());
        notVerbatim(
                Reason.DANGLING_HARD_LINK,
                new Tars().directory("b").entry("a", '1', "b", NONE).end());
        notVerbatim(Reason.CONTROL_CHARACTER, new Tars().file("a\nb").end());
    }

    @Test
    void onlyOneGzipMemberIsAccepted() throws IOException {
        byte[] piece = gzip(new Tars().file("a").bytes());
        byte[] whole = gzip(new Tars().file("a").end().bytes());
        assertThat(checkGzip(whole)).isEqualTo(new Verbatim());
        assertThat(checkGzip(whole, whole)).isInstanceOf(NotVerbatim.class);
        assertThat(checkGzip(piece, whole)).isInstanceOf(NotVerbatim.class);
        assertThat(checkGzip(whole, new byte[1])).isInstanceOf(NotVerbatim.class);
        assertThat(checkGzip(new byte[0])).isInstanceOf(NotVerbatim.class);
        NotVerbatim second = (NotVerbatim) checkGzip(whole, gzip(new byte[0]));
        assertThat(second.reason()).isEqualTo(Reason.SEVERAL_MEMBERS);
        assertThat(second.detail()).isEqualTo("a second gzip member at offset " + whole.length);
    }

    @Test
    void theDataOfRealApksIsVerbatim() throws IOException {
        Path folder = SharedData.require("apk/single");
        try (DirectoryStream<Path> apks = Files.newDirectoryStream(folder, "*.apk")) {
            for (Path apk : apks) {
                List<GzipMember> members;
                try (InputStream in = Files.newInputStream(apk)) {
                    members = GzipMembers.list(in);
                }
                GzipMember data = members.getLast();
                assertThat(data.end()).as(apk.toString()).isEqualTo(Files.size(apk));
                try (InputStream in = Files.newInputStream(apk)) {
                    in.skipNBytes(data.offset());
                    assertThat(StrictTar.checkGzip(in, TarLimits.STANDARD))
                            .as(apk.getFileName().toString())
                            .isEqualTo(new Verbatim());
                }
            }
        }
    }

    private static void notVerbatim(Reason reason, Tars tar) throws IOException {
        assertThat(check(tar))
                .isInstanceOfSatisfying(
                        NotVerbatim.class,
                        verdict -> assertThat(verdict.reason())
                                .as(verdict.detail())
                                .isEqualTo(reason));
    }

    private static StrictTar.Verdict check(Tars tar) throws IOException {
        return StrictTar.check(new ByteArrayInputStream(tar.bytes()), TarLimits.SMALL);
    }

    private static StrictTar.Verdict checkGzip(byte[]... parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return StrictTar.checkGzip(new ByteArrayInputStream(all.toByteArray()), TarLimits.SMALL);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GzipOutputStream gzip = new GzipOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
