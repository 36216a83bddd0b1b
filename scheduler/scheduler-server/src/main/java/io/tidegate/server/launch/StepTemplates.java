package io.tidegate.server.launch;

import io.tidegate.dag.data.Dataset;
import io.tidegate.dag.step.OutputReference;
import io.tidegate.dag.template.Template;
import io.tidegate.scheduler.engine.LaunchOrder;
import io.tidegate.scheduler.resolve.ResolvedWork;
import io.tidegate.scheduler.resolve.TemplateValues;
import io.tidegate.server.condition.JacksonValues;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Values of all names a step's templates may use: those of the run, the DAG's folder, and where its datasets lie. */
final class StepTemplates implements Function<String, Optional<String>> {
    private static final JacksonValues JSON = new JacksonValues();
    private static final String ITEM = "item.";
    private static final String DATASET = "datasets.";
    private static final String URI = ".uri";

    private final TemplateValues run;
    private final String folder;
    private final Map<String, String> datasets = new HashMap<>();
    private final Map<String, String> values;

    StepTemplates(String home, LaunchOrder order) {
        this.run = TemplateValues.of(home, order.run());
        this.folder = order.folder();
        this.values = order.work().values();
        for (Dataset dataset : order.graph().definition().resources().datasets()) {
            if (order.run().interval().isPresent() || !dataset.isPartitionedByInterval()) {
                datasets.put(dataset.name().value(), dataset.uri().render(run));
            }
        }
        for (ResolvedWork.Output output : order.work().outputs()) {
            datasets.put(output.dataset().name().value(), output.uri());
        }
    }

    String render(Template template) {
        return template.render(this);
    }

    @Override
    public Optional<String> apply(String name) {
        if (name.equals("dag.folder")) {
            return Optional.of(folder);
        }
        if (OutputReference.of(name).isPresent()) {
            return Optional.ofNullable(values.get(name)).map(JSON::plain);
        }
        if (name.startsWith(ITEM)) {
            return item(name);
        }
        if (name.startsWith(DATASET) && name.endsWith(URI) && name.length() > DATASET.length() + URI.length()) {
            return Optional.ofNullable(datasets.get(name.substring(DATASET.length(), name.length() - URI.length())));
        }
        return run.apply(name);
    }

    /** The value of an item's variable, or a field of it. */
    private Optional<String> item(String name) {
        if (values.containsKey(name)) {
            return Optional.of(JSON.plain(values.get(name)));
        }
        int dot = name.lastIndexOf('.');
        return Optional.ofNullable(values.get(name.substring(0, dot)))
                .map(value -> JSON.field(value, name.substring(dot + 1)));
    }
}
