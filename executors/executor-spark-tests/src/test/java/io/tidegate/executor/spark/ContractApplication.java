package io.tidegate.executor.spark;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The contract's programs as one application, which is submitted and opens no session. Its first argument says what to do. */
public final class ContractApplication {
    private static final String ENDLESS = "trap '' TERM; echo $$ > \"$1\"; while :; do sleep 1; done";

    private ContractApplication() {}

    public static void main(String[] arguments) throws Exception {
        List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
        switch (arguments[0]) {
            case "exit" -> end(Integer.parseInt(rest.get(0)));
            case "arguments" ->
                report(rest.stream().map(argument -> argument + "\0").collect(Collectors.joining()));
            case "environment" ->
                report(System.getenv().entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue() + "\0")
                        .collect(Collectors.joining()));
            case "specification" -> report(Files.readString(Path.of(System.getenv("TIDEGATE_SPECIFICATION"))));
            case "print" -> printAndWait(rest.get(0), Path.of(rest.get(1)), Integer.parseInt(rest.get(2)));
            case "count" -> {
                append(Path.of(rest.get(0)), "started\n");
                await(Path.of(rest.get(1)));
            }
            case "flood" -> flood(Long.parseLong(rest.get(0)));
            case "bytes" -> everyByte(Integer.parseInt(rest.get(0)));
            case "ignore" -> ignoreTermination(Path.of(rest.get(0)));
            case "leave" -> child(rest.get(0), "setsid");
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void report(String text) throws IOException {
        append(Path.of(System.getenv("TIDEGATE_OUTPUT")), text);
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static void printAndWait(String line, Path gate, int exitCode) throws Exception {
        System.out.println(line);
        System.err.println(line);
        report(line + "\n");
        await(gate);
        end(exitCode);
    }

    /** A cluster takes a driver that halts for one that failed, whatever its exit code. */
    private static void end(int exitCode) {
        if (exitCode != 0) {
            Runtime.getRuntime().halt(exitCode);
        }
    }

    private static void await(Path file) throws InterruptedException {
        while (!Files.exists(file)) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static void flood(long bytes) throws IOException {
        byte[] block = new byte[1 << 16];
        Arrays.fill(block, (byte) 'a');
        try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
            for (long written = 0; written < bytes; written += block.length) {
                out.write(block);
            }
        }
    }

    private static void everyByte(int times) {
        for (int time = 0; time < times; time++) {
            for (int value = 0; value < 256; value++) {
                System.out.write(value);
            }
        }
        System.out.flush();
    }

    private static void ignoreTermination(Path processIds) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        String first = child(processIds + ".first", "nice");
        String second = child(processIds + ".second", "setsid");
        Files.write(processIds, List.of(Long.toString(ProcessHandle.current().pid()), first, second));
        never.await();
    }

    /** Starts something endless and returns its process id, which it also writes into the file. */
    private static String child(String file, String starter) throws Exception {
        Path path = Path.of(file);
        new ProcessBuilder(starter, "sh", "-c", ENDLESS, "sh", file)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        await(path);
        while (!Files.readString(path, StandardCharsets.US_ASCII).endsWith("\n")) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return Files.readString(path, StandardCharsets.US_ASCII).strip();
    }
}
