package io.tidegate.executor.spark.driver;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Writes the jar that brings a program to its driver. */
public final class DriverJar {
    private static final int CLASS_FILE = 0xCAFEBABE;
    private static final int JAVA_8 = 52;
    private static final int UTF8 = 1;
    private static final int CLASS = 7;
    private static final int PUBLIC = 0x0021;

    private DriverJar() {}

    /**
     * Writes it so that nobody ever reads half of it.
     *
     * @param mark full name of a class to make that is {@link DriverMain} under another name
     */
    public static void write(Path file, DriverProgram program, Optional<String> mark) throws IOException {
        Path temporary = Files.createTempFile(file.getParent(), ".new", "");
        try (OutputStream out = Files.newOutputStream(temporary);
                JarOutputStream jar = new JarOutputStream(out)) {
            for (Class<?> type : List.of(DriverMain.class, DriverProgram.class, DriverChild.class)) {
                String name = type.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(name));
                try (InputStream bytes = type.getResourceAsStream("/" + name)) {
                    bytes.transferTo(jar);
                }
            }
            if (mark.isPresent()) {
                jar.putNextEntry(new JarEntry(mark.get().replace('.', '/') + ".class"));
                jar.write(subclass(mark.get()));
            }
            jar.putNextEntry(new JarEntry(DriverProgram.RESOURCE));
            // Escaped beyond ASCII, so that the encoding does not matter.
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            program.properties().store(text, null);
            jar.write(text.toByteArray());
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** An empty class (Java Virtual Machine Specification, chapter 4): a static method is found through its superclass. */
    private static byte[] subclass(String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(CLASS_FILE);
            out.writeShort(0);
            out.writeShort(JAVA_8);
            out.writeShort(5);
            constantClass(name, 2, out);
            constantClass(DriverMain.class.getName(), 4, out);
            out.writeShort(PUBLIC);
            out.writeShort(1);
            out.writeShort(3);
            // Interfaces, fields, methods, attributes.
            out.write(new byte[8]);
        }
        return bytes.toByteArray();
    }

    /** A class constant, followed by its name. */
    private static void constantClass(String name, int indexOfName, DataOutputStream out) throws IOException {
        out.writeByte(CLASS);
        out.writeShort(indexOfName);
        byte[] text = name.replace('.', '/').getBytes(StandardCharsets.US_ASCII);
        out.writeByte(UTF8);
        out.writeShort(text.length);
        out.write(text);
    }
}
