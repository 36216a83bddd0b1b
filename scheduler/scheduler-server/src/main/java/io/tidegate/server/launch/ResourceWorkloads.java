package io.tidegate.server.launch;

import io.tidegate.dag.parser.ManifestReader;
import io.tidegate.dag.step.Work;
import io.tidegate.dag.template.Template;
import io.tidegate.dag.template.TemplateException;
import io.tidegate.executor.Workload;
import io.tidegate.scheduler.engine.LaunchOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Makes custom resources of what steps declare: reads manifests from the DAG's folder and renders the templates in them. */
final class ResourceWorkloads {
    private static final String NAME = "resource.name";

    private final Function<String, Optional<String>> values;

    private ResourceWorkloads(LaunchOrder order, StepTemplates templates) {
        // What an attempt makes on a cluster is called like its launch key.
        String name = order.attempt().key().value();
        this.values = asked -> asked.equals(NAME) ? Optional.of(name) : templates.apply(asked);
    }

    /** @throws TemplateException when the manifest's file cannot be read, or a template has no value */
    static Workload of(Work.Resource resource, LaunchOrder order, StepTemplates templates) {
        ResourceWorkloads workloads = new ResourceWorkloads(order, templates);
        Map<String, String> logs = new LinkedHashMap<>();
        resource.logs().forEach((label, value) -> logs.put(label, value.render(workloads.values)));
        return new Workload.CustomResource(
                workloads.mapping(manifest(resource.manifest(), Path.of(order.folder()))),
                new Workload.CustomResource.End(
                        resource.end().succeedsWhen(),
                        resource.end().failsWhen(),
                        resource.end().message()),
                logs,
                resource.keep());
    }

    private static Map<String, Object> manifest(Work.Manifest manifest, Path folder) {
        if (manifest instanceof Work.InlineManifest inline) {
            return inline.fields();
        }
        String path = ((Work.ManifestFile) manifest).path();
        ManifestReader.Result read = ManifestReader.read(folder.resolve(path));
        return read.manifest()
                .orElseThrow(() -> new TemplateException("the manifest " + path + " cannot be used: "
                        + read.problems().get(0).message()));
    }

    private Map<String, Object> mapping(Map<?, ?> mapping) {
        Map<String, Object> rendered = new LinkedHashMap<>();
        mapping.forEach((key, value) -> rendered.put(String.valueOf(key), value(value)));
        return rendered;
    }

    private Object value(Object value) {
        if (value instanceof Map<?, ?> mapping) {
            return mapping(mapping);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(this::value).toList();
        }
        return value instanceof String text ? new Template(text).render(values) : value;
    }
}
