package io.tidegate.dag.parser.language;

import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.parser.shape.DocumentType;
import io.tidegate.dag.parser.shape.Reading;
import io.tidegate.dag.parser.shape.SchemaDefinitions;
import io.tidegate.dag.parser.shape.TemplateType;
import io.tidegate.dag.parser.shape.TemplateUse;
import io.tidegate.dag.parser.shape.ValueType;
import io.tidegate.dag.parser.text.Templates;
import io.tidegate.dag.parser.yaml.ScalarMeaning;
import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The manifest of a custom resource: Kubernetes decides its form, but name and namespace are not the author's. */
final class ManifestType implements ValueType<Map<String, Object>> {
    private static final DocumentType DOCUMENT = new DocumentType("a manifest of Kubernetes");
    private static final TemplateType TEMPLATE =
            TemplateType.asWritten("a single value", Templates::read, TemplateUse.Scope.RESOURCE);
    private static final Set<String> METADATA = Set.of("labels", "annotations");

    @Override
    public Optional<Map<String, Object>> read(YamlNode node, Reading reading) {
        Optional<Map<String, Object>> document = DOCUMENT.read(node, reading);
        if (document.isPresent()) {
            YamlNode.Mapping manifest = (YamlNode.Mapping) node;
            required(manifest, "apiVersion", "apiVersion: kubeflow.org/v1", reading);
            required(manifest, "kind", "kind: PyTorchJob", reading);
            metadata(manifest, reading);
            manifest.entry("status")
                    .ifPresent(entry ->
                            reading.report(entry.key().start(), "the status is the controller's", "leave it out"));
            templates(node, reading);
        }
        return document;
    }

    private static void required(YamlNode.Mapping manifest, String key, String example, Reading reading) {
        Optional<YamlNode> value = manifest.entry(key).map(YamlNode.Entry::value);
        if (value.isEmpty()) {
            reading.report(manifest.owner(), "a manifest needs the field '" + key + "'", "for example " + example);
            return;
        }
        boolean text = value.get() instanceof YamlNode.Scalar scalar
                && scalar.meaning() == ScalarMeaning.TEXT
                && !scalar.value().contains("{{");
        if (!text) {
            reading.expected("a fixed text such as " + example, value.get(), "");
        }
    }

    private static void metadata(YamlNode.Mapping manifest, Reading reading) {
        Optional<YamlNode> metadata = manifest.entry("metadata").map(YamlNode.Entry::value);
        if (metadata.isEmpty() || !(metadata.get() instanceof YamlNode.Mapping fields)) {
            metadata.ifPresent(other -> reading.expected("a mapping with labels and annotations", other, ""));
            return;
        }
        for (YamlNode.Entry entry : fields.entries().values()) {
            String key = entry.key().value();
            if (!METADATA.contains(key)) {
                reading.report(
                        entry.key().start(),
                        "metadata." + Excerpt.shortened(key) + " of a manifest is Tidegate's",
                        suggestion(key));
            }
        }
    }

    private static String suggestion(String key) {
        return switch (key) {
            case "name", "generateName" -> "leave it out; {{ resource.name }} is the name in the rest of the manifest";
            case "namespace" -> "write executor: { kubernetes: { namespace: NAME } }";
            default -> "only labels and annotations may be set";
        };
    }

    private static void templates(YamlNode node, Reading reading) {
        if (node instanceof YamlNode.Mapping mapping) {
            mapping.entries().values().forEach(entry -> templates(entry.value(), reading));
        } else if (node instanceof YamlNode.Sequence sequence) {
            sequence.items().forEach(item -> templates(item, reading));
        } else if (node instanceof YamlNode.Scalar scalar && scalar.meaning() == ScalarMeaning.TEXT) {
            TEMPLATE.read(scalar, reading);
        }
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("required", List.of("apiVersion", "kind"));
        return schema;
    }
}
