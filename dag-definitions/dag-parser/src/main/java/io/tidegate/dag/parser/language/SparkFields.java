package io.tidegate.dag.parser.language;

import static io.tidegate.dag.parser.shape.Field.optional;

import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.ListType;
import io.tidegate.dag.parser.shape.MapType;
import io.tidegate.dag.parser.shape.ObjectType;
import io.tidegate.dag.parser.shape.TextType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.shape.WholeNumberType;
import io.tidegate.dag.parser.text.Patterns;
import io.tidegate.dag.parser.text.TextException;
import io.tidegate.dag.parser.text.Words;
import io.tidegate.dag.step.SparkResources.DynamicAllocation;
import io.tidegate.dag.step.SparkTarget;
import io.tidegate.dag.step.SparkTarget.DeployMode;
import io.tidegate.dag.step.SparkTarget.Login;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The fields of the executor {@code spark}. */
final class SparkFields {
    private static final int MOST_CORES = 10_000;
    private static final int MOST_EXECUTORS = 100_000;
    private static final String MASTER_PATTERN = "^[a-z][a-z0-9+.-]*(\\[[0-9*, ]+\\]|://[^\\s]+)?$";
    private static final String KUBERNETES = "k8s://";
    private static final String PATH_CHARACTERS = "[^,\\\\\\s#]";
    private static final Pattern PROPERTY = Pattern.compile("spark(\\.[A-Za-z0-9_-]+)+");
    private static final Map<String, String> OWN_FIELDS = Map.ofEntries(
            Map.entry("spark.master", "master"),
            Map.entry("spark.submit.deployMode", "deploy_mode"),
            Map.entry("spark.driver.memory", "driver_memory"),
            Map.entry("spark.driver.cores", "driver_cores"),
            Map.entry("spark.executor.memory", "executor_memory"),
            Map.entry("spark.executor.cores", "executor_cores"),
            Map.entry("spark.executor.instances", "executors"),
            Map.entry("spark.dynamicAllocation.enabled", "dynamic_allocation"),
            Map.entry("spark.dynamicAllocation.minExecutors", "dynamic_allocation"),
            Map.entry("spark.dynamicAllocation.maxExecutors", "dynamic_allocation"),
            Map.entry("spark.yarn.queue", "queue"),
            Map.entry("spark.kerberos.principal", "principal"),
            Map.entry("spark.kerberos.keytab", "keytab"),
            Map.entry("spark.jars", "jars"),
            Map.entry("spark.jars.packages", "packages"),
            Map.entry("spark.submit.pyFiles", "py_files"),
            Map.entry("spark.files", "files"));

    private static final Field<String> PROFILE = optional(
            "profile",
            Notations.pattern("^[a-z0-9]+([-_][a-z0-9]+)*$", "the name of a Spark profile such as yarn-prod"),
            "A Spark profile of the server's configuration; the server's own Spark when left out.",
            "profile: yarn-prod");
    private static final Field<String> MASTER = optional(
            "master",
            Notations.pattern(MASTER_PATTERN, "a Spark master such as local[2]"),
            "The Spark master; the profile's, else local[*], when left out.",
            "master: \"local[2]\"");
    private static final Field<DeployMode> DEPLOY_MODE = optional(
            "deploy_mode",
            Notations.words(
                    "a deploy mode", DeployMode.class, mode -> mode.name().toLowerCase(Locale.ROOT)),
            "Where the driver runs; cluster on YARN and Kubernetes, else client, when left out.",
            "deploy_mode: cluster");
    private static final Field<String> QUEUE = optional(
            "queue", Notations.pattern("^[A-Za-z0-9_.-]+$", "the name of a queue"), "The YARN queue.", "queue: etl");
    private static final Field<String> PRINCIPAL = optional(
            "principal",
            Notations.pattern("^[^\\s,@]+(@[^\\s,@]+)?$", "a Kerberos principal such as etl@EXAMPLE.ORG"),
            "Who the application is for, where the cluster asks for Kerberos.",
            "principal: etl@EXAMPLE.ORG");
    private static final Field<String> KEYTAB = optional(
            "keytab",
            Notations.pattern("^/" + PATH_CHARACTERS + "+$", "the absolute path of a keytab"),
            "The principal's keytab on the server's machine.",
            "keytab: /etc/security/etl.keytab");

    private static final Field<String> DRIVER_MEMORY =
            memory("driver_memory", "Memory of the driver; 1g when left out.");
    private static final Field<Long> DRIVER_CORES =
            count("driver_cores", "a number of cores", 1, MOST_CORES, "Cores of the driver in cluster mode.");
    private static final Field<String> EXECUTOR_MEMORY = memory("executor_memory", "Memory of each executor.");
    private static final Field<Long> EXECUTOR_CORES =
            count("executor_cores", "a number of cores", 1, MOST_CORES, "Cores of each executor.");
    private static final Field<Long> EXECUTORS =
            count("executors", "a number of executors", 1, MOST_EXECUTORS, "How many executors there are.");
    private static final Field<Long> MINIMUM =
            count("min", "a number of executors", 0, MOST_EXECUTORS, "Fewest executors; 0 when left out.");
    private static final Field<Long> MAXIMUM = Field.required(
            "max", new WholeNumberType("a number of executors", 1, MOST_EXECUTORS), "Most executors.", "max: 8");
    private static final Field<DynamicAllocation> DYNAMIC_ALLOCATION = optional(
            "dynamic_allocation",
            ObjectType.of(
                    "dynamicAllocation", "dynamic allocation", List.of(MINIMUM, MAXIMUM), SparkFields::allocation),
            "As many executors as the work needs, within bounds.",
            "dynamic_allocation: { min: 1, max: 8 }");

    private static final Field<List<String>> JARS =
            list("jars", "jar", PATH_CHARACTERS + "+\\.jar", "lib/udfs.jar", "Jars for driver and executors.");
    private static final Field<List<String>> PYTHON_FILES = list(
            "py_files",
            "Python file, zip or egg",
            PATH_CHARACTERS + "+\\.(py|zip|egg)",
            "jobs/helpers.zip",
            "Files put on the Python path.");
    private static final Field<List<String>> PACKAGES = list(
            "packages",
            "Maven coordinate",
            "[^,:\\s]+:[^,:\\s]+:[^,:\\s]+",
            "org.apache.spark:spark-avro_2.13:4.1.0",
            "Maven coordinates that Spark resolves.");
    private static final Field<List<String>> FILES = list(
            "files",
            "file",
            PATH_CHARACTERS + "+(#" + PATH_CHARACTERS + "+)?",
            "lookup/airports.csv",
            "Files put into the working directory of each executor.");
    private static final Field<Boolean> LINEAGE = optional(
            "lineage",
            TextType.word(
                    "a source of lineage", lineageWords().keySet(), Words.of("a source of lineage", lineageWords())),
            "With openlineage, Spark itself reports what it reads and writes; none when left out.",
            "lineage: openlineage");
    private static final Field<Map<String, Optional<String>>> CONFIGURATION = optional(
            "conf",
            new MapType<>(
                    "a mapping of Spark properties",
                    SparkFields::property,
                    Map.of("pattern", "^" + PROPERTY.pattern() + "$"),
                    Notations.FREE_TEXT),
            "Further Spark properties.",
            "conf: { spark.sql.shuffle.partitions: 4 }");

    private static final List<Field<?>> TARGET = List.of(PROFILE, MASTER, DEPLOY_MODE, QUEUE, PRINCIPAL, KEYTAB);
    private static final List<Field<?>> RESOURCES =
            List.of(DRIVER_MEMORY, DRIVER_CORES, EXECUTOR_MEMORY, EXECUTOR_CORES, EXECUTORS, DYNAMIC_ALLOCATION);
    private static final List<Field<?>> REST = List.of(JARS, PYTHON_FILES, PACKAGES, FILES, LINEAGE, CONFIGURATION);

    static final ObjectType<ExecutorChoice> TYPE = ObjectType.of(
            "spark",
            "the executor spark",
            Stream.of(TARGET, RESOURCES, REST).<Field<?>>flatMap(List::stream).toList(),
            SparkFields::read);

    private SparkFields() {}

    private static Map<String, Boolean> lineageWords() {
        Map<String, Boolean> words = new LinkedHashMap<>();
        words.put("openlineage", true);
        words.put("none", false);
        return words;
    }

    private static Field<String> memory(String name, String description) {
        return optional(
                name,
                TextType.of("an amount of memory such as 1g", Patterns.MEMORY, Patterns.memory()),
                description,
                name + ": 1g");
    }

    private static Field<Long> count(String name, String noun, int minimum, int maximum, String description) {
        return optional(name, new WholeNumberType(noun, minimum, maximum), description, name + ": 2");
    }

    private static Field<List<String>> list(
            String name, String noun, String pattern, String example, String description) {
        return optional(
                name,
                ListType.of("a list", Notations.pattern("^" + pattern + "$", "a " + noun + " such as " + example)),
                description,
                name + ": [\"" + example + "\"]");
    }

    private static Optional<ExecutorChoice> read(Values values) {
        checkTarget(values);
        if (values.has(EXECUTORS) && values.has(DYNAMIC_ALLOCATION)) {
            values.reading()
                    .report(
                            values.keyOf(DYNAMIC_ALLOCATION),
                            "the number of executors is either fixed or dynamic",
                            "keep one of executors and dynamic_allocation");
            return Optional.empty();
        }
        Map<String, String> configuration = new LinkedHashMap<>();
        values.get(CONFIGURATION)
                .orElse(Map.of())
                .forEach((name, value) -> value.ifPresent(text -> configuration.put(name, text)));
        return Optional.of(new ExecutorChoice.Spark(new SparkChoice(
                target(values),
                resources(values),
                new SparkChoice.Dependencies(
                        values.get(JARS), values.get(PYTHON_FILES), values.get(PACKAGES), values.get(FILES)),
                values.get(LINEAGE),
                configuration)));
    }

    private static void checkTarget(Values values) {
        Optional<String> master = values.get(MASTER);
        Optional<DeployMode> mode = values.get(DEPLOY_MODE);
        if (mode.filter(DeployMode.CLUSTER::equals).isPresent()
                && master.filter(name -> name.startsWith("local")).isPresent()) {
            values.reading()
                    .report(values.valueOf(DEPLOY_MODE), "a local master is no cluster", "leave deploy_mode out");
        }
        if (mode.filter(DeployMode.CLIENT::equals).isPresent()
                && master.filter(name -> name.startsWith(KUBERNETES)).isPresent()) {
            values.reading()
                    .report(
                            values.valueOf(DEPLOY_MODE),
                            "on Kubernetes the driver runs in the cluster",
                            "leave deploy_mode out");
        }
        if (values.has(PRINCIPAL) != values.has(KEYTAB)) {
            boolean principal = values.has(PRINCIPAL);
            values.reading()
                    .report(
                            values.keyOf(principal ? PRINCIPAL : KEYTAB),
                            "principal and keytab belong together",
                            "add " + (principal ? KEYTAB : PRINCIPAL).example());
        }
    }

    private static SparkTarget target(Values values) {
        return new SparkTarget(
                values.get(PROFILE),
                values.get(MASTER),
                values.get(DEPLOY_MODE),
                values.get(QUEUE),
                values.get(PRINCIPAL)
                        .flatMap(principal -> values.get(KEYTAB).map(keytab -> new Login(principal, keytab))));
    }

    private static SparkChoice.Resources resources(Values values) {
        return new SparkChoice.Resources(
                values.get(DRIVER_MEMORY),
                number(values, DRIVER_CORES),
                values.get(EXECUTOR_MEMORY),
                number(values, EXECUTOR_CORES),
                number(values, EXECUTORS),
                values.get(DYNAMIC_ALLOCATION));
    }

    private static OptionalInt number(Values values, Field<Long> field) {
        return values.get(field)
                .map(number -> OptionalInt.of(Math.toIntExact(number)))
                .orElseGet(OptionalInt::empty);
    }

    private static Optional<DynamicAllocation> allocation(Values values) {
        int minimum = number(values, MINIMUM).orElse(0);
        OptionalInt maximum = number(values, MAXIMUM);
        if (maximum.isEmpty()) {
            return Optional.empty();
        }
        if (maximum.getAsInt() < minimum) {
            values.reading()
                    .report(
                            values.valueOf(MINIMUM),
                            "there are no " + minimum + " to " + maximum.getAsInt() + " executors",
                            "min is at most max");
            return Optional.empty();
        }
        return Optional.of(new DynamicAllocation(minimum, maximum.getAsInt()));
    }

    private static String property(String name) throws TextException {
        String ownField = OWN_FIELDS.get(name);
        if (ownField != null) {
            throw new TextException(name + " has a field of its own", "write " + ownField);
        }
        if (name.length() > 200 || !PROPERTY.matcher(name).matches()) {
            throw new TextException(Excerpt.quoted(name) + " is not a Spark property; their names start with spark.");
        }
        return name;
    }
}
