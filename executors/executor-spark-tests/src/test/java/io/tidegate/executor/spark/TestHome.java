package io.tidegate.executor.spark;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The assembled Spark home, and applications made for it. */
final class TestHome {
    static final SparkHome BUNDLED =
            new SparkHome(Path.of(System.getProperty("tidegate.spark.home", "../spark-home/target/spark-home")));

    /** The assembled home of an older Spark that knows YARN. */
    static final SparkHome YARN = new SparkHome(
            Path.of(System.getProperty("tidegate.spark.yarn.home", "../spark-yarn-home/target/spark-home")));

    /**
     * For virtual machines that live for some seconds: the optimizing compiler would not pay for itself, and the classes are Spark's own, which to
     * verify takes a quarter of their start.
     */
    static final String SHORT_LIVED =
            "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote";

    private TestHome() {}

    /** A home of its own with links to the bundled one's jars, which a test may change. */
    static SparkHome copy(Path folder) throws IOException {
        Path jars = Files.createDirectories(folder.resolve("jars"));
        for (Path jar : BUNDLED.jars()) {
            Files.createLink(jars.resolve(jar.getFileName()), jar);
        }
        Files.createDirectories(folder.resolve("bin"));
        Files.copy(BUNDLED.submitScript(), folder.resolve("bin").resolve("spark-submit"));
        return new SparkHome(folder);
    }

    /** A jar of classes from a folder of classes. */
    static Path jar(Path file, Path classes, String namePart) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out);
                Stream<Path> found = Files.walk(classes)) {
            List<Path> chosen = found.filter(path -> path.toString().endsWith(".class"))
                    .filter(path -> path.getFileName().toString().contains(namePart))
                    .toList();
            for (Path path : chosen) {
                jar.putNextEntry(new JarEntry(classes.relativize(path).toString()));
                Files.copy(path, jar);
            }
        }
        return file;
    }

    static Path contractApplication(Path folder) throws IOException {
        return jar(folder.resolve("contract.jar"), Path.of("target", "test-classes"), "ContractApplication");
    }

    /** Compiles an application against the bundled home's jars. */
    static Path compile(Path folder, String className, String source) throws IOException {
        return compile(BUNDLED, folder, className, source);
    }

    /** The contract's application in a Spark session, without which a cluster calls no application well. */
    static Path sessionApplication(SparkHome home, Path folder) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes/io/tidegate/executor/spark"));
        Files.copy(
                Path.of("target/test-classes/io/tidegate/executor/spark/ContractApplication.class"),
                classes.resolve("ContractApplication.class"));
        compile(home, folder, "SessionApplication", """
                import org.apache.spark.sql.SparkSession;

                public final class SessionApplication {
                    public static void main(String[] arguments) throws Exception {
                        SparkSession session = SparkSession.builder().getOrCreate();
                        if (arguments[0].equals("stages")) {
                            String gate = arguments[1];
                            session.range(0, 4, 1, 4).javaRDD().foreach(row -> {
                                while (row == 3 && !new java.io.File(gate).exists()) {
                                    Thread.sleep(50);
                                }
                            });
                        } else {
                            io.tidegate.executor.spark.ContractApplication.main(arguments);
                        }
                        session.stop();
                    }
                }
                """);
        return jar(folder.resolve("session.jar"), folder.resolve("classes"), "Application");
    }

    private static Path compile(SparkHome home, Path folder, String className, String source) throws IOException {
        Path file = Files.writeString(folder.resolve(className + ".java"), source);
        Path classes = Files.createDirectories(folder.resolve("classes"));
        String jars = home.jars().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int result = compiler.run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                jars + File.pathSeparator + classes,
                "-d",
                classes.toString(),
                file.toString());
        if (result != 0) {
            throw new IllegalStateException(file + " does not compile");
        }
        return jar(folder.resolve(className + ".jar"), classes, className);
    }

    static List<Path> archives(Path cache) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(cache, "*.jsa")) {
            return Stream.iterate(files.iterator(), Iterator::hasNext, iterator -> iterator)
                    .map(Iterator::next)
                    .sorted()
                    .toList();
        }
    }
}
