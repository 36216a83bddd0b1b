package io.tidegate.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the fetch step fails; that it fetches is seen by every run of the demo. */
class FetchFlightsTest {
    @TempDir
    private Path folder;

    private static Path program(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is needed: apt-get install nodejs npm"));
    }

    private List<String> failing(String... arguments) throws IOException, InterruptedException {
        Path errors = folder.resolve("errors.txt");
        ProcessBuilder builder = new ProcessBuilder(program("node").toString(), "late-arrivals/fetch-flights.mjs");
        builder.command().addAll(List.of(arguments));
        builder.redirectError(errors.toFile())
                .redirectOutput(folder.resolve("out.txt").toFile());
        builder.environment()
                .put(
                        "PATH",
                        Files.createDirectories(folder.resolve("no-programs")).toString());
        Process process = builder.start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        return Files.readAllLines(errors);
    }

    @Test
    void withoutNpmItSaysHowToGetItAndLeavesNothingBehind() throws IOException, InterruptedException {
        Path target = Files.createDirectories(folder.resolve("source"));
        Files.writeString(target.resolve("flights-3m.parquet"), "cut short");
        assertThat(failing("--into", target.toString()))
                .containsExactly(
                        "fetching the flights failed: npm is missing: install it, for example by apt-get install npm");
        assertThat(target.toFile().list()).containsExactly("flights-3m.parquet");
        assertThat(Files.readString(folder.resolve("out.txt"))).contains("fetching it again");
    }

    @Test
    void withoutAFolderItSaysHowItIsCalled() throws IOException, InterruptedException {
        assertThat(failing())
                .containsExactly("fetching the flights failed: say where to: node fetch-flights.mjs --into FOLDER");
    }
}
