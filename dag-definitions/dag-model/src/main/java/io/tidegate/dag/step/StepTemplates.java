package io.tidegate.dag.step;

import io.tidegate.dag.template.Template;
import io.tidegate.dag.template.TemplateException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Templates of a step, and what they name. */
public final class StepTemplates {
    private StepTemplates() {}

    /** All templates by the path of their field inside the step, for example {@code command.2}. */
    public static Map<String, Template> of(Step step) {
        Map<String, Template> templates = new LinkedHashMap<>();
        Execution.Program program = step.execution().program();
        if (program instanceof Execution.Command command) {
            addAll(templates, "command.", command.arguments());
        } else if (program instanceof Execution.SparkApplication application) {
            addAll(templates, "args.", application.arguments());
        }
        step.foreach().ifPresent(foreach -> {
            foreach.items().forEach((variable, items) -> {
                if (items instanceof Foreach.Named named) {
                    templates.put("foreach.items." + variable, named.template());
                }
            });
            foreach.name().ifPresent(name -> templates.put("foreach.name", name));
        });
        step.execution().environment().forEach((name, value) -> templates.put("environment." + name, value));
        if (step.work() instanceof Work.Ingest ingest) {
            ingest.source().ifPresent(source -> templates.put("source.uri", source.uri()));
        } else if (step.work() instanceof Work.Sensor sensor) {
            sensor.path().ifPresent(path -> templates.put("path", path));
        } else if (step.work() instanceof Work.Resource resource) {
            resource.logs().forEach((label, value) -> templates.put("logs." + label, value));
            if (resource.manifest() instanceof Work.InlineManifest inline) {
                addTexts(templates, "manifest", inline.fields());
            }
        } else if (step.work() instanceof Work.Wait wait && wait.what() instanceof Awaited.SqlRow row) {
            addAll(templates, "sql.values.", row.values());
        } else if (step.work() instanceof Work.Wait wait && wait.what() instanceof Awaited.HttpAnswer answer) {
            templates.put("http.url", answer.url());
        } else if (step.work() instanceof Work.SubDag dag) {
            dag.parameters().forEach((name, value) -> templates.put("params." + name, value));
        }
        return templates;
    }

    /** Values of earlier steps that the step cannot do without. */
    public static Set<OutputReference> outputs(Step step) {
        Set<OutputReference> outputs = new LinkedHashSet<>();
        of(step).values().stream()
                .flatMap(template -> template.names().stream())
                .forEach(name -> OutputReference.of(name).ifPresent(outputs::add));
        return outputs;
    }

    private static void addTexts(Map<String, Template> templates, String path, Object value) {
        if (value instanceof Map<?, ?> fields) {
            fields.forEach((name, field) -> addTexts(templates, path + "." + name, field));
        } else if (value instanceof List<?> items) {
            for (int position = 0; position < items.size(); position++) {
                addTexts(templates, path + "." + position, items.get(position));
            }
        } else if (value instanceof String text) {
            template(text).ifPresent(template -> templates.put(path, template));
        }
    }

    /** What is no template names nothing, and is told where the manifest is read. */
    private static Optional<Template> template(String text) {
        try {
            return Optional.of(new Template(text));
        } catch (TemplateException told) {
            return Optional.empty();
        }
    }

    private static void addAll(Map<String, Template> templates, String path, List<Template> arguments) {
        for (int position = 0; position < arguments.size(); position++) {
            templates.put(path + position, arguments.get(position));
        }
    }
}
