package io.tidegate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table in {@code scheduler/FAULTS.md} names tests that are there, and leaves out no row. */
final class FaultTableTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
    private static final Pattern ROW = Pattern.compile("\\| ([0-9]+) \\|.*");
    private static final Pattern NAME = Pattern.compile("`([A-Za-z0-9]+)#([A-Za-z0-9]+)`");
    private static final int LAST_ROW_BEFORE_CLUSTERS = 23;

    private static List<String> rows() throws IOException {
        String text = Files.readString(ROOT.resolve("scheduler/FAULTS.md"));
        String table = text.substring(text.indexOf("<!-- faults -->"), text.indexOf("<!-- end of faults -->"));
        return table.lines().filter(line -> ROW.matcher(line).matches()).toList();
    }

    private static Map<String, Path> tests() throws IOException {
        Map<String, Path> tests = new HashMap<>();
        for (String folder : List.of("scheduler", "executors")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(path -> path.toString().matches(".*/src/(test|main)/java/.*(Test|IT|Contract)\\.java"))
                        .forEach(path -> tests.put(path.getFileName().toString().replace(".java", ""), path));
            }
        }
        return tests;
    }

    @Test
    void everyRowIsThere() throws IOException {
        List<Integer> numbers = new ArrayList<>();
        for (String row : rows()) {
            Matcher matcher = ROW.matcher(row);
            assertThat(matcher.matches()).isTrue();
            numbers.add(Integer.parseInt(matcher.group(1)));
        }
        assertThat(numbers)
                .containsAll(IntStream.rangeClosed(1, LAST_ROW_BEFORE_CLUSTERS)
                        .boxed()
                        .toList())
                .contains(29, 30);
    }

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        Map<String, Path> tests = tests();
        for (String row : rows()) {
            Matcher matcher = NAME.matcher(row);
            int named = 0;
            while (matcher.find()) {
                named++;
                assertThat(tests).as(row).containsKey(matcher.group(1));
                assertThat(Files.readString(tests.get(matcher.group(1))).contains("void " + matcher.group(2) + "("))
                        .as("%s has a test %s", matcher.group(1), matcher.group(2))
                        .isTrue();
            }
            assertThat(named).as("tests of row %s", row).isPositive();
        }
    }
}
