package io.tidegate.server.launch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.dag.Parameter;
import io.tidegate.dag.data.Dataset;
import io.tidegate.dag.model.Model;
import io.tidegate.dag.parameter.ParameterText;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.Work;
import io.tidegate.scheduler.engine.LaunchOrder;
import io.tidegate.scheduler.model.ModelVersion;
import io.tidegate.scheduler.resolve.ResolvedWork;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Writes what a step is asked to do as the JSON document it finds at TIDEGATE_SPECIFICATION. */
final class SpecificationWriter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String home;

    SpecificationWriter(String home) {
        this.home = home;
    }

    String write(LaunchOrder order, StepTemplates templates) {
        Step step = order.graph().step(order.attempt().step());
        ObjectNode document = JSON.createObjectNode()
                .put("dag", order.run().version().dag().value())
                .put("dag_version", order.run().version().hash())
                .put("run_id", order.run().id().toString())
                .put("step", step.id().value())
                .put("kind", step.kind().word())
                .put("attempt", order.attempt().number())
                .put("launch_key", order.attempt().key().value())
                .put("dag_folder", order.folder())
                .put("home", home);
        order.run()
                .interval()
                .ifPresent(interval -> document.putObject("interval")
                        .put("start", interval.zonedStart().format(DateTimeFormatter.ISO_OFFSET_DATE_TIME))
                        .put("end", interval.zonedEnd().format(DateTimeFormatter.ISO_OFFSET_DATE_TIME)));
        parameters(order, document.putObject("params"));
        order.work().inputs().forEach(input -> input(input, document.withArray("inputs")));
        order.work().outputs().forEach(output -> output(output, document.withArray("outputs")));
        work(step.work(), order, templates, document);
        step.work().model().flatMap(order.graph()::model).ifPresent(model -> model(model, order, templates, document));
        return document.toPrettyString();
    }

    private static void parameters(LaunchOrder order, ObjectNode target) {
        for (Parameter parameter : order.graph().definition().parameters()) {
            String value = order.run().parameters().get(parameter.name());
            if (value == null) {
                continue;
            }
            switch (parameter.type()) {
                case INTEGER, NUMBER -> target.put(parameter.name(), new BigDecimal(value));
                case BOOLEAN -> target.put(parameter.name(), Boolean.parseBoolean(value));
                case STRING, DATE, DURATION, ENUM -> target.put(parameter.name(), value);
                case SECRET -> {
                    // Which one it is is nobody's business; its value is in the environment of those who ask for it.
                }
                case LIST -> ParameterText.items(value).forEach(target.putArray(parameter.name())::add);
            }
        }
    }

    private static void input(ResolvedWork.Input input, ArrayNode inputs) {
        ArrayNode partitions = dataset(input.dataset(), inputs.addObject()).putArray("partitions");
        for (ResolvedWork.Partition partition : input.partitions()) {
            ObjectNode node = partitions
                    .addObject()
                    .put("partition", partition.name())
                    .put("uri", partition.uri())
                    .put("offset", partition.offset());
            partition.fingerprint().ifPresent(fingerprint -> node.put("fingerprint", fingerprint));
        }
    }

    private static void output(ResolvedWork.Output output, ArrayNode outputs) {
        dataset(output.dataset(), outputs.addObject())
                .put("partition", output.partition())
                .put("uri", output.uri());
    }

    private static ObjectNode dataset(Dataset dataset, ObjectNode node) {
        return node.put("dataset", dataset.name().value())
                .put("data_class", dataset.dataClass().word())
                .put("format", dataset.format());
    }

    private static void work(Work work, LaunchOrder order, StepTemplates templates, ObjectNode document) {
        if (work instanceof Work.Ingest ingest) {
            ingest.source()
                    .ifPresent(source -> document.putObject("source")
                            .put("uri", templates.render(source.uri()))
                            .put("format", source.format())
                            .put("time_column", source.timeColumn()));
        } else if (work instanceof Work.Cleanse cleanse) {
            cleanse.rules()
                    .ifPresent(rules -> document.put(
                            "rules", Path.of(order.folder()).resolve(rules).toString()));
            ObjectNode quality = document.putObject("quality");
            cleanse.quality().forEach((metric, bound) -> quality.put(metric, bound.toString()));
        } else if (work instanceof Work.Transform transform) {
            transform.transformation().ifPresent(name -> document.put("transform", name));
        } else if (work instanceof Work.Evaluate evaluate) {
            evaluate.metrics().forEach(document.withArray("metrics")::add);
        } else if (work instanceof Work.Train train) {
            training(train.training(), document);
        } else if (work instanceof Work.Refit refit) {
            training(refit.training(), document);
        }
    }

    private static void training(Work.Training training, ObjectNode document) {
        training.trainer().ifPresent(name -> document.put("train", name));
        if (!training.holdout().equals(Duration.ZERO)) {
            document.put("holdout", training.holdout().toString());
        }
    }

    private static void model(Model model, LaunchOrder order, StepTemplates templates, ObjectNode document) {
        String target = templates.render(model.target());
        ObjectNode node = document.putObject("model")
                .put("name", model.name().value())
                .put("target", target)
                .put("bundle", target + "/versions/" + order.attempt().key());
        Optional<ModelVersion> champion = order.work().champion();
        if (champion.isPresent()) {
            node.putObject("champion")
                    .put("version", champion.get().version())
                    .put("bundle", champion.get().bundle());
        } else {
            node.putNull("champion");
        }
    }
}
