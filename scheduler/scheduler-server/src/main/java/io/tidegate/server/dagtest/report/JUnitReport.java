package io.tidegate.server.dagtest.report;

import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.parser.problem.Problem;
import io.tidegate.dag.parser.problem.ProblemRenderer;
import io.tidegate.server.dagtest.CaseResult;
import io.tidegate.server.dagtest.FileResult;
import io.tidegate.server.dagtest.check.Mismatch;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Tells continuous integration: the XML of JUnit's Ant task as Jenkins, GitLab and the usual GitHub actions read it. A file is a test suite, a
 * case a test, a file that cannot be read an error.
 */
public final class JUnitReport {
    private static final double NANOSECONDS = 1e9;

    private final XMLStreamWriter xml;

    private JUnitReport(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /**
     * Writes the report; folders are made where they are missing.
     *
     * @throws IOException when the file cannot be written
     */
    public static void write(List<FileResult> results, Path target) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        try (Writer writer = Files.newBufferedWriter(target)) {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(writer);
            new JUnitReport(xml).document(results);
            xml.close();
        } catch (XMLStreamException problem) {
            throw new IOException(problem.getMessage(), problem);
        }
    }

    private void document(List<FileResult> results) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        line();
        xml.writeStartElement("testsuites");
        line();
        for (FileResult result : results) {
            suite(result);
        }
        xml.writeEndElement();
        line();
        xml.writeEndDocument();
    }

    private void suite(FileResult result) throws XMLStreamException {
        boolean unreadable = !result.problems().isEmpty();
        Duration took = result.cases().stream().map(CaseResult::real).reduce(Duration.ZERO, Duration::plus);
        xml.writeStartElement("testsuite");
        attribute("name", result.file().toString());
        attribute("tests", String.valueOf(result.cases().size() + (unreadable ? 1 : 0)));
        attribute("failures", String.valueOf(result.failed()));
        attribute("errors", unreadable ? "1" : "0");
        attribute("time", seconds(took));
        line();
        String dag = result.dag().isEmpty() ? result.file().getFileName().toString() : result.dag();
        for (CaseResult one : result.cases()) {
            test(result, dag, one);
        }
        if (unreadable) {
            unreadable(result, dag);
        }
        xml.writeEndElement();
        line();
    }

    private void test(FileResult result, String dag, CaseResult one) throws XMLStreamException {
        start(dag, one.name(), result.file(), one.position().line(), one.real());
        if (!one.passed()) {
            Mismatch first = one.mismatches().get(0);
            details(
                    "failure",
                    first.subject() + " is not as expected",
                    one.mismatches().stream()
                            .map(mismatch -> TextReport.plain(result.file(), mismatch))
                            .collect(Collectors.joining("\n")));
        }
        xml.writeEndElement();
        line();
    }

    private void unreadable(FileResult result, String dag) throws XMLStreamException {
        Problem first = result.problems().get(0);
        start(dag, "the file and its DAG can be read", result.file(), first.line(), Duration.ZERO);
        details("error", first.message(), ProblemRenderer.plain().render(result.problems()));
        xml.writeEndElement();
        line();
    }

    private void start(String dag, String name, Path file, int at, Duration took) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute("classname", dag);
        attribute("name", name);
        attribute("file", file.toString());
        attribute("line", String.valueOf(at));
        attribute("time", seconds(took));
    }

    private void details(String element, String message, String text) throws XMLStreamException {
        xml.writeStartElement(element);
        attribute("message", message);
        xml.writeCharacters(allowed(text));
        xml.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, allowed(value));
    }

    private void line() throws XMLStreamException {
        xml.writeCharacters("\n");
    }

    /** XML 1.0 has no control characters, not even escaped. */
    private static String allowed(String text) {
        return text.lines().map(Excerpt::visible).collect(Collectors.joining("\n"));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toNanos() / NANOSECONDS);
    }
}
