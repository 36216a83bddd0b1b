package io.tidegate.dag.parser.library;

import static io.tidegate.dag.parser.shape.Field.optional;
import static io.tidegate.dag.parser.shape.Field.required;

import io.tidegate.dag.name.Names;
import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.ListType;
import io.tidegate.dag.parser.shape.Located;
import io.tidegate.dag.parser.shape.LocatedType;
import io.tidegate.dag.parser.shape.MapType;
import io.tidegate.dag.parser.shape.ObjectType;
import io.tidegate.dag.parser.shape.TextType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.text.Identifiers;
import io.tidegate.dag.parser.text.TextException;
import io.tidegate.dag.parser.text.Words;
import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The fields of library files, and those with which a DAG uses one. */
public final class LibraryFields {
    /** How a library file's name ends. */
    public static final String SUFFIX = ".library.yaml";

    private static final String PATH = "^(?!/)(?!.*(^|/)\\.\\.(/|$))[^\\\\]+\\.library\\.yaml$";
    private static final Pattern LEGAL_PATH = Pattern.compile(PATH);
    private static final Pattern LEAVING = Pattern.compile("(?s)/.*|(.*/)?\\.\\.(/.*)?");
    private static final int LONGEST_PATH = 1_000;
    private static final Map<String, Object> NAME_SCHEMA =
            new TreeMap<>(Map.of("pattern", Identifiers.PATTERN, "maxLength", Names.MAXIMUM_LENGTH));
    private static final TextType<String> TEXT = TextType.asWritten("a single value", text -> text);

    /** The libraries of a file, with their places. */
    public static final Field<List<Located<String>>> INCLUDE = optional(
            "include",
            ListType.of(
                    "a list of library files",
                    new LocatedType<>(
                            TextType.of("a library file such as steps.library.yaml", PATH, LibraryFields::path))),
            "Libraries whose step templates are used; paths count from the folder of this file.",
            "include: [steps.library.yaml]");

    /** The template that makes a step. */
    public static final Field<String> USE = optional(
            "use",
            TextType.identifier(
                    "the name of a template",
                    Identifiers.PATTERN,
                    Names.MAXIMUM_LENGTH,
                    Identifiers.of("template", Function.identity())),
            "The step template that makes the step; fields beside it take the place of the template's.",
            "use: clean");

    /** What fills a template's gaps. */
    public static final Field<YamlNode.Mapping> WITH = optional(
            "with",
            new NodeType<>("the template's parameters by name, a mapping", YamlNode.Mapping.class),
            "What the template's parameters are.",
            "with: { data: flights }");

    private static final Field<String> DESCRIPTION =
            optional("description", TEXT, "What a reader should know.", "description: Parts good rows from bad");

    private static final Field<ArgumentType> TYPE =
            required("type", words(), "What an argument must be.", "type: string");
    private static final Field<List<String>> CHOICES = optional(
            "choices",
            ListType.of("a list of choices", TEXT).notEmpty().distinct(),
            "What an argument of type enum may be.",
            "choices: [east, west]");
    private static final Field<YamlNode> DEFAULT = optional(
            "default",
            new NodeType<>("a value or a list", YamlNode.class),
            "What stands for an argument that is not given; without it each use must give one.",
            "default: 20m");
    private static final ObjectType<StepTemplate.Parameter> PARAMETER = ObjectType.of(
            "template_parameter",
            "a parameter of a template",
            List.of(TYPE, CHOICES, DEFAULT, DESCRIPTION),
            LibraryFields::parameter);

    static final Field<Map<String, Optional<StepTemplate.Parameter>>> PARAMS = optional(
            "params",
            new MapType<>(
                    "a mapping of parameters by name",
                    Identifiers.of("parameter", Function.identity()),
                    NAME_SCHEMA,
                    PARAMETER),
            "What fills the template's gaps.",
            "params: { data: { type: string } }");
    static final Field<YamlNode.Mapping> STEP = required(
            "step",
            new NodeType<>("a step, a mapping with kind and the fields of that kind", YamlNode.Mapping.class),
            "The step, with {{ with.NAME }} where an argument belongs.",
            "step: { kind: task, command: [echo, \"{{ with.data }}\"] }");
    static final Field<Map<String, Optional<Values>>> TEMPLATES = required(
            "templates",
            new MapType<>(
                    "a mapping of step templates by name",
                    Identifiers.of("template", Function.identity()),
                    NAME_SCHEMA,
                    ObjectType.of("template", "a step template", List.of(DESCRIPTION, PARAMS, STEP), Optional::of)),
            "Steps with gaps.",
            "templates: { hello: { step: { kind: task, command: [echo, hello] } } }");

    /** A library file. */
    public static final ObjectType<Values> LIBRARY =
            ObjectType.of("library", "a library", List.of(DESCRIPTION, INCLUDE, TEMPLATES), Optional::of);

    private LibraryFields() {}

    private static TextType<ArgumentType> words() {
        Map<String, ArgumentType> words = new LinkedHashMap<>();
        Arrays.stream(ArgumentType.values()).forEach(type -> words.put(type.word(), type));
        return TextType.word("a type", words.keySet(), Words.of("a type", words));
    }

    private static String path(String text) throws TextException {
        if (LEAVING.matcher(text).matches()) {
            throw new TextException(
                    Excerpt.quoted(text) + " leads out of the folder; a library lies in the folder of the file that"
                            + " includes it, or below it",
                    "move the library there");
        }
        if (text.length() > LONGEST_PATH || !LEGAL_PATH.matcher(text).matches()) {
            throw new TextException(Excerpt.quoted(text) + " is not a library: the name of one ends in " + SUFFIX, "");
        }
        return text;
    }

    private static Optional<StepTemplate.Parameter> parameter(Values values) {
        Optional<ArgumentType> type = values.get(TYPE);
        if (type.isEmpty()) {
            return Optional.empty();
        }
        checkChoices(values, type.get());
        List<String> choices = values.get(CHOICES).orElse(List.of());
        StepTemplate.Parameter parameter = new StepTemplate.Parameter(type.get(), choices, values.get(DEFAULT));
        parameter
                .value()
                .filter(value -> !parameter.accepts(value))
                .ifPresent(value -> values.reading().expected(parameter.noun(), value, ""));
        return Optional.of(parameter);
    }

    private static void checkChoices(Values values, ArgumentType type) {
        boolean choice = type == ArgumentType.ENUM;
        if (choice && !values.has(CHOICES)) {
            values.reading()
                    .report(
                            values.owner(),
                            "a parameter of type enum needs the field 'choices'",
                            "for example " + CHOICES.example());
        } else if (!choice && values.has(CHOICES)) {
            values.reading()
                    .report(
                            values.keyOf(CHOICES),
                            "field 'choices' means nothing for a parameter of type " + type.word(),
                            "it is a field of enum");
        }
    }
}
