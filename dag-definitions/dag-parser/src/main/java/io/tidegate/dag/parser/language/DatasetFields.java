package io.tidegate.dag.parser.language;

import static io.tidegate.dag.parser.shape.Field.optional;
import static io.tidegate.dag.parser.shape.Field.required;

import io.tidegate.dag.data.DataClass;
import io.tidegate.dag.data.Dataset;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.model.Model;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.MapType;
import io.tidegate.dag.parser.shape.ObjectType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.text.Identifiers;
import io.tidegate.dag.template.Template;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The fields of an entry of {@code datasets} and of {@code models}. */
final class DatasetFields {
    private static final Field<DataClass> CLASS = required(
            "class",
            Notations.words("a data class", DataClass.class, DataClass::word),
            "How the data came to be: raw from outside, deterministic by a rule, algorithmic by a model.",
            "class: deterministic");
    private static final Field<String> FORMAT =
            required("format", Notations.FORMAT, "The format of the files.", "format: parquet");
    private static final Field<Template> URI = required(
            "uri",
            Notations.DATASET_URI,
            "Where a partition lies; names the interval when each interval has its own.",
            "uri: \"{{ home }}/flights/clean/interval={{ interval.start.date }}\"");
    private static final Field<String> DESCRIPTION = optional(
            "description", Notations.FREE_TEXT, "What a reader should know.", "description: Flights without bad rows");
    private static final Field<Template> TARGET = required(
            "target",
            Notations.MODEL_URI,
            "The folder that holds the model's versions and the pointer to its champion.",
            "target: \"{{ home }}/models/late-arrival\"");

    private static final ObjectType<Function<DatasetName, Dataset>> DATASET =
            ObjectType.of("dataset", "a dataset", List.of(CLASS, FORMAT, URI, DESCRIPTION), DatasetFields::bindDataset);

    private static final ObjectType<Function<ModelName, Model>> MODEL =
            ObjectType.of("model", "a model", List.of(TARGET), DatasetFields::bindModel);

    static final MapType<DatasetName, Function<DatasetName, Dataset>> DATASETS = new MapType<>(
            "a mapping of datasets by name",
            Identifiers.of("dataset", DatasetName::new),
            Notations.IDENTIFIER_SCHEMA,
            DATASET);

    static final MapType<ModelName, Function<ModelName, Model>> MODELS = new MapType<>(
            "a mapping of models by name", Identifiers.of("model", ModelName::new), Notations.IDENTIFIER_SCHEMA, MODEL);

    private DatasetFields() {}

    private static Optional<Function<DatasetName, Dataset>> bindDataset(Values values) {
        Optional<DataClass> dataClass = values.get(CLASS);
        Optional<Template> uri = values.get(URI);
        if (dataClass.isEmpty() || uri.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(name -> new Dataset(
                name, dataClass.get(), values.get(FORMAT).orElse("parquet"), uri.get(), values.get(DESCRIPTION)));
    }

    /** Stands in for a dataset that could not be read, so that its name is known. */
    static Dataset placeholder(DatasetName name) {
        return new Dataset(name, DataClass.RAW, "parquet", new Template("/" + name), Optional.empty());
    }

    private static Optional<Function<ModelName, Model>> bindModel(Values values) {
        return values.get(TARGET).map(target -> name -> new Model(name, target));
    }

    /** Stands in for a model that could not be read, so that its name is known. */
    static Model placeholder(ModelName name) {
        return new Model(name, new Template("/" + name));
    }
}
