import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// Re-emits the classes of a jar at the class-file level of Java 17, bodies and all, and drops its module descriptor.
///
/// picocli is published as Java 5 bytecode. Such classes have no stack maps; the JVM verifies them with its slow old
/// verifier and its AOT cache refuses them, which costs every command more than the JVM itself takes to start.
/// `java ModernClassFiles.java JAR` rewrites the jar in place; a jar that is modern already is left alone.
/// The output is stored, not deflated: it does not depend on the JDK that runs this, and is faster to read.
public final class ModernClassFiles {
    private static final int LEVEL = ClassFile.JAVA_17_VERSION;

    private ModernClassFiles() {}

    public static void main(String[] args) throws IOException {
        Path jar = Path.of(args[0]);
        Map<String, byte[]> classes = new HashMap<>();
        try (ZipInputStream in = open(jar)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().endsWith(".class")) {
                    classes.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        if (classes.values().stream().noneMatch(ModernClassFiles::isOld)) {
            return;
        }
        Path written = jar.resolveSibling(jar.getFileName() + ".modern");
        ClassFile format = ClassFile.of(
                StackMapsOption.GENERATE_STACK_MAPS,
                ClassFile.ClassHierarchyResolverOption.of(hierarchy(classes)));
        try (ZipInputStream in = open(jar);
                ZipOutputStream out =
                        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(written)))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String name = entry.getName();
                if (!name.endsWith("module-info.class")) {
                    byte[] content = in.readAllBytes();
                    store(out, entry, isOld(content, name) ? modernise(format, content) : content);
                }
            }
        }
        Files.move(written, jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static ZipInputStream open(Path jar) throws IOException {
        return new ZipInputStream(new BufferedInputStream(Files.newInputStream(jar)));
    }

    private static boolean isOld(byte[] content, String name) {
        return name.endsWith(".class") && isOld(content);
    }

    private static boolean isOld(byte[] content) {
        return (content[6] << 8 | content[7] & 0xff) < ClassFile.JAVA_7_VERSION;
    }

    private static byte[] modernise(ClassFile format, byte[] content) {
        ClassModel model = format.parse(content);
        return format.build(model.thisClass().asSymbol(), builder -> {
            model.forEach(element -> {
                if (element instanceof java.lang.classfile.MethodModel method) {
                    builder.transformMethod(method, (methodBuilder, part) -> {
                        if (part instanceof java.lang.classfile.CodeModel code) {
                            // instruction by instruction: a body copied whole would keep its missing stack map
                            methodBuilder.withCode(body -> code.forEach(body::with));
                        } else {
                            methodBuilder.with(part);
                        }
                    });
                } else if (!(element instanceof java.lang.classfile.ClassFileVersion)) {
                    builder.with(element);
                }
            });
            builder.withVersion(LEVEL, 0);
        });
    }

    /// Who extends whom, from the jar itself first: stack maps name common superclasses.
    private static ClassHierarchyResolver hierarchy(Map<String, byte[]> classes) {
        ClassHierarchyResolver own = ClassHierarchyResolver.ofResourceParsing(type -> {
            String descriptor = type.descriptorString();
            byte[] content = classes.get(descriptor.substring(1, descriptor.length() - 1) + ".class");
            return content == null ? null : new java.io.ByteArrayInputStream(content);
        });
        return own.orElse(ClassHierarchyResolver.defaultResolver()).cached();
    }

    private static void store(ZipOutputStream out, ZipEntry like, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(like.getName());
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(java.time.LocalDateTime.of(2026, 1, 1, 0, 0));
        out.putNextEntry(entry);
        out.write(content);
    }
}
