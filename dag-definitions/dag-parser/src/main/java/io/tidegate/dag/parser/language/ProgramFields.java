package io.tidegate.dag.parser.language;

import static io.tidegate.dag.parser.shape.Field.optional;

import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.ListType;
import io.tidegate.dag.parser.shape.MapType;
import io.tidegate.dag.parser.shape.ValueType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.text.TextException;
import io.tidegate.dag.step.Execution;
import io.tidegate.dag.template.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The fields with which a step brings a program of its own, and {@code environment}. */
final class ProgramFields {
    private static final String APPLICATION_PATTERN = "^(?!/)(?!.*(^|/)\\.\\.(/|$))[^\\\\]+\\.(jar|py)$";
    private static final String PYTHON = ".py";

    static final Field<List<Template>> COMMAND = optional(
            "command",
            ListType.of("a list of arguments", Notations.STEP_TEXT).notEmpty(),
            "A command of your own, argument by argument; no shell reads it.",
            "command: [python3, score.py, --day, \"{{ interval.start.date }}\"]");
    static final Field<String> APPLICATION = optional(
            "application",
            Notations.pattern(APPLICATION_PATTERN, "a .jar or .py file below the DAG's folder such as jobs/score.py"),
            "A Spark application of your own.",
            "application: jobs/score.py");
    static final Field<String> MAIN_CLASS =
            optional("class", Notations.CLASS_NAME, "The main class of a jar.", "class: org.example.Score");
    static final Field<List<Template>> ARGUMENTS = optional(
            "args",
            ListType.of("a list of arguments", Notations.STEP_TEXT),
            "Arguments of the Spark application.",
            "args: [\"{{ interval.start.date }}\"]");

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,200}");

    /** Variables that would change what is run, or pass for Tidegate's own. */
    private static final Pattern RESERVED = Pattern.compile("TIDEGATE_.*|LD_.*|DYLD_.*|PATH");

    static final Field<Map<String, Optional<Template>>> ENVIRONMENT = optional(
            "environment",
            variables("a mapping of environment variables", Notations.VARIABLE_TEXT),
            "Environment variables of the step.",
            "environment: { LANG: C.UTF-8 }");

    /** All fields of a program of the author's. */
    static final List<Field<?>> ALL = List.of(COMMAND, APPLICATION, MAIN_CLASS, ARGUMENTS);

    private ProgramFields() {}

    /** Whether the author has brought a program, readable or not. */
    static boolean isOwn(Values values) {
        return values.has(COMMAND) || values.has(APPLICATION);
    }

    /** The author's program; empty when there is none or it cannot be read. */
    static Optional<Execution.Program> read(Values values) {
        if (values.has(COMMAND) && values.has(APPLICATION)) {
            values.reading()
                    .report(
                            values.keyOf(APPLICATION),
                            "a step has either a command or an application",
                            "keep one of the two");
        }
        for (Field<?> part : List.of(MAIN_CLASS, ARGUMENTS)) {
            if (values.has(part) && !values.has(APPLICATION)) {
                values.reading()
                        .report(
                                values.keyOf(part),
                                "field '" + part.name() + "' means nothing without application",
                                "add application, or leave it out");
            }
        }
        Optional<Execution.Program> command =
                values.get(COMMAND).filter(arguments -> !arguments.isEmpty()).map(Execution.Command::new);
        return command.or(() -> application(values));
    }

    private static Optional<Execution.Program> application(Values values) {
        Optional<String> application = values.get(APPLICATION);
        if (application.isEmpty()) {
            return Optional.empty();
        }
        boolean python = application.get().endsWith(PYTHON);
        if (python && values.has(MAIN_CLASS)) {
            values.reading()
                    .report(values.keyOf(MAIN_CLASS), "a Python application has no main class", "leave class out");
        } else if (!python && !values.has(MAIN_CLASS)) {
            values.reading()
                    .report(
                            values.keyOf(APPLICATION),
                            "a jar needs the field 'class'",
                            "for example " + MAIN_CLASS.example());
        }
        return Optional.of(new Execution.SparkApplication(
                application.get(),
                values.get(MAIN_CLASS).orElse(""),
                values.get(ARGUMENTS).orElse(List.of())));
    }

    static Map<String, Template> environment(Values values) {
        Map<String, Template> environment = new LinkedHashMap<>();
        values.get(ENVIRONMENT)
                .orElse(Map.of())
                .forEach((name, value) -> value.ifPresent(template -> environment.put(name, template)));
        return environment;
    }

    /** Environment variables, each with a value of some type. */
    static <T> MapType<String, T> variables(String noun, ValueType<T> value) {
        return new MapType<>(
                noun,
                ProgramFields::variable,
                Map.of("pattern", "^(?!TIDEGATE_|LD_|DYLD_|PATH$)[A-Za-z_][A-Za-z0-9_]*$"),
                value);
    }

    private static String variable(String name) throws TextException {
        if (!VARIABLE.matcher(name).matches()) {
            throw new TextException(Excerpt.quoted(name) + " is not the name of an environment variable");
        }
        if (RESERVED.matcher(name).matches()) {
            throw new TextException(
                    "environment variable " + name + " is set by Tidegate or the machine", "choose another name");
        }
        return name;
    }
}
