package io.tidegate.dag.parser;

import io.tidegate.dag.parser.problem.Position;
import io.tidegate.dag.parser.problem.Problems;
import io.tidegate.dag.parser.problem.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The text of a file. */
final class FileText {
    private FileText() {}

    /** Text, or why there is none. */
    record Result(Optional<String> text, Problems problems) {}

    static Result read(Path file, ParserLimits limits) {
        Problems problems = new Problems(file.toString(), new SourceText(""));
        if (Files.isDirectory(file)) {
            return failed(problems, "this is a folder, not a DAG file", "name a file that ends in .dag.yaml");
        }
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(limits.largestFile() + 1);
            if (bytes.length > limits.largestFile()) {
                return failed(problems, tooLarge(limits), "split the DAG into several");
            }
            return decode(file, bytes);
        } catch (NoSuchFileException exception) {
            return failed(problems, "there is no such file", "check the path");
        } catch (AccessDeniedException exception) {
            return failed(problems, "the file may not be read", "grant the permission to read it");
        } catch (IOException exception) {
            return failed(problems, "the file cannot be read: " + exception.getMessage(), "check the disk");
        }
    }

    static String tooLarge(ParserLimits limits) {
        return "the file is larger than " + limits.largestFile() + " bytes";
    }

    private static Result decode(Path file, byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer input = ByteBuffer.wrap(bytes);
        CharBuffer output = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(input, output, true);
        String text = output.flip().toString();
        if (!result.isError()) {
            return new Result(Optional.of(text), new Problems(file.toString(), new SourceText(text)));
        }
        // What could be read shows the line, up to the first byte that is not UTF-8.
        SourceText readable = new SourceText(text);
        int line = 1 + (int) text.chars().filter(character -> character == '\n').count();
        int column = 1 + text.codePointCount(text.lastIndexOf('\n') + 1, text.length());
        Problems problems = new Problems(file.toString(), readable);
        problems.add(
                new Position(line, column),
                "the file is not UTF-8: byte 0x%02X".formatted(bytes[input.position()]),
                Optional.of("save it as UTF-8"));
        return new Result(Optional.empty(), problems);
    }

    private static Result failed(Problems problems, String message, String suggestion) {
        problems.add(Position.TOP, message, Optional.of(suggestion));
        return new Result(Optional.empty(), problems);
    }
}
