package io.tidegate.executor.spark.driver;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A driver in a virtual machine of its own, started by the one that the cluster started, which waits for it and says with what exit code it
 * ended. It ends with the one that waits.
 */
public final class DriverChild {
    /** What is printed before the exit code and a closing bracket, as the last line of standard error. */
    public static final String LAST_WORDS = "[tidegate: the driver has ended with exit code ";

    private static final String CLASS_PATH = "java.class.path";
    private static final int TERMINATED = 143;

    /** Less than the ten seconds that a worker leaves a driver to end. */
    private static final long GRACE_SECONDS = 8;

    private DriverChild() {}

    /** Runs the program of the jar until it ends, or the virtual machine that waits for it does. */
    public static void main(String[] unused) throws Throwable {
        Thread watch = new Thread(DriverChild::awaitEndOfParent, "tidegate-parent");
        watch.setDaemon(true);
        watch.start();
        DriverProgram.read().run();
    }

    /** Nothing is ever written there: whoever reads on hears of nothing but the end. */
    private static void awaitEndOfParent() {
        try (InputStream parent = System.in) {
            parent.transferTo(OutputStream.nullOutputStream());
        } catch (IOException ended) {
            System.err.println("[tidegate: " + ended + "]");
        }
        System.exit(TERMINATED);
    }

    /** @return the exit code; a signal is 128 plus its number */
    static int start(DriverProgram program) throws IOException, InterruptedException, URISyntaxException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        line.addAll(program.javaOptions());
        line.addAll(List.of("-cp", classPath(), DriverChild.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(program.variables());
        Process child = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(child), "tidegate-child"));
        return child.waitFor();
    }

    private static void end(Process child) {
        child.destroy();
        try {
            child.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        child.destroyForcibly();
    }

    /** What this virtual machine started with, and what Spark has added since. */
    private static String classPath() throws URISyntaxException {
        List<String> added = new ArrayList<>();
        if (Thread.currentThread().getContextClassLoader() instanceof URLClassLoader loader) {
            for (URL url : loader.getURLs()) {
                added.add(Path.of(new URI(url.toString())).toString());
            }
        }
        boolean first = Boolean.getBoolean("spark.driver.userClassPathFirst");
        added.add(first ? added.size() : 0, System.getProperty(CLASS_PATH));
        return String.join(File.pathSeparator, added);
    }
}
