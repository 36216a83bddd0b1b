package io.tidegate.dag.parser.language;

import static io.tidegate.dag.parser.shape.Field.optional;
import static io.tidegate.dag.parser.shape.Field.required;

import io.tidegate.condition.ExpressionLanguage;
import io.tidegate.dag.parser.shape.EitherType;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.MapType;
import io.tidegate.dag.parser.shape.Reading;
import io.tidegate.dag.parser.shape.SchemaDefinitions;
import io.tidegate.dag.parser.shape.TemplateType;
import io.tidegate.dag.parser.shape.TemplateUse;
import io.tidegate.dag.parser.shape.TruthType;
import io.tidegate.dag.parser.shape.ValueType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.text.Patterns;
import io.tidegate.dag.parser.text.Templates;
import io.tidegate.dag.parser.yaml.YamlNode;
import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.KubernetesPod;
import io.tidegate.dag.step.Work;
import io.tidegate.dag.template.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The fields of a step that is a custom resource of Kubernetes. */
final class ResourceFields {
    private static final ExpressionLanguage LANGUAGE =
            ExpressionLanguage.of(Map.of("object", io.tidegate.condition.ValueType.DYNAMIC));
    private static final String LABEL_PATTERN = "^([a-z0-9.-]{1,253}/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$";
    private static final ValueType<String> CONDITION =
            ExpressionType.of("a condition such as object.status.phase == 'Done'", LANGUAGE::condition);

    static final Field<Work.Manifest> MANIFEST = required(
            "manifest",
            new EitherType<>(
                    "a manifest, or a file with one",
                    mapped(Notations.PATH, Work.ManifestFile::new),
                    mapped(new ManifestType(), Work.InlineManifest::new)),
            "The resource that is created, without name and namespace, or a file with it; text in it may hold templates.",
            "manifest: jobs/train.yaml");
    static final Field<String> SUCCEEDS_WHEN = required(
            "succeeds_when",
            CONDITION,
            "A condition in CEL over object, the resource as the cluster has it: true once the work is done.",
            "succeeds_when: object.status.phase == 'Done'");
    static final Field<String> FAILS_WHEN = optional(
            "fails_when",
            CONDITION,
            "A condition in CEL: true once the work has failed. Without it only the timeout ends what does not succeed.",
            "fails_when: object.status.phase == 'Failed'");
    static final Field<String> MESSAGE = optional(
            "message",
            ExpressionType.of("an expression that gives text, such as object.status.message", LANGUAGE::text),
            "Text in CEL that says why the work failed.",
            "message: object.status.message");
    static final Field<Map<String, Optional<Template>>> LOGS = optional(
            "logs",
            new MapType<>(
                    "a mapping of labels",
                    Patterns.of(LABEL_PATTERN, "a label such as app"),
                    Map.of("pattern", LABEL_PATTERN),
                    TemplateType.asWritten("the value of a label", Templates::read, TemplateUse.Scope.RESOURCE)),
            "Labels of the pods whose log is the step's; without them no log is kept.",
            "logs: { \"training.kubeflow.org/job-name\": \"{{ resource.name }}\" }");
    static final Field<Boolean> KEEP = optional(
            "keep",
            new TruthType(),
            "Whether the resource stays in the cluster when the step has succeeded or failed; it is deleted when left out.",
            "keep: true");

    static final List<Field<?>> ALL = List.of(MANIFEST, SUCCEEDS_WHEN, FAILS_WHEN, MESSAGE, LOGS, KEEP);

    private ResourceFields() {}

    private static <A, B> ValueType<B> mapped(ValueType<A> type, Function<A, ? extends B> make) {
        return new ValueType<>() {
            @Override
            public Optional<B> read(YamlNode node, Reading reading) {
                return type.read(node, reading).map(make);
            }

            @Override
            public Map<String, Object> schema(SchemaDefinitions definitions) {
                return type.schema(definitions);
            }
        };
    }

    /** What is created and how it ends; empty when either cannot be read. */
    static Optional<Work> read(Values values, Predicate<String> fileExists) {
        Optional<Work.Manifest> manifest = values.get(MANIFEST);
        if (manifest.isPresent() && manifest.get() instanceof Work.ManifestFile file && !fileExists.test(file.path())) {
            values.reading()
                    .report(
                            values.valueOf(MANIFEST),
                            "there is no file " + file.path(),
                            "the path counts from the DAG's folder");
        }
        Map<String, Template> logs = new LinkedHashMap<>();
        values.get(LOGS).orElse(Map.of()).forEach((label, value) -> value.ifPresent(text -> logs.put(label, text)));
        return manifest.flatMap(found -> values.get(SUCCEEDS_WHEN)
                .map(condition -> new Work.Resource(
                        found,
                        new Work.ResourceEnd(condition, values.get(FAILS_WHEN), values.get(MESSAGE)),
                        logs,
                        values.get(KEEP).orElse(false))));
    }

    /** Where the resource is created. Of the executor's settings only cluster and namespace mean something: its pods are made by others. */
    static ExecutorSettings place(Values values, ExecutorChoice choice) {
        Optional<ExecutorChoice> own = values.get(LimitFields.EXECUTOR);
        boolean onKubernetes = choice instanceof ExecutorChoice.Kubernetes;
        if (own.isPresent() && !onKubernetes) {
            values.reading()
                    .report(
                            values.valueOf(LimitFields.EXECUTOR),
                            "a resource step runs on kubernetes, not on " + choice.word(),
                            "write executor: kubernetes, or leave it out");
        }
        if (own.isPresent() && own.get() instanceof ExecutorChoice.Kubernetes wanted && !isPlaceOnly(wanted.pod())) {
            values.reading()
                    .report(
                            values.valueOf(LimitFields.EXECUTOR),
                            "of the settings of kubernetes a resource step has only cluster and namespace",
                            "say the rest in the manifest");
        }
        KubernetesPod.Place place =
                (onKubernetes ? ((ExecutorChoice.Kubernetes) choice).pod() : KubernetesPod.EMPTY).place();
        return new ExecutorSettings.Kubernetes(KubernetesPod.in(place.cluster(), place.namespace()));
    }

    private static boolean isPlaceOnly(KubernetesPod pod) {
        return pod.equals(KubernetesPod.in(pod.place().cluster(), pod.place().namespace()));
    }
}
