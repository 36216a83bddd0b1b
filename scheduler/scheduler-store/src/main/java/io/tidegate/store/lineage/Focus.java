package io.tidegate.store.lineage;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The node people ask for, as they write it. */
sealed interface Focus {
    Pattern DATASET = Pattern.compile("dataset:([^:/@]+)/([^:/@]+)(?:@(.*))?");
    Pattern MODEL = Pattern.compile("model:([^:/@]+)(?:@([0-9]{1,9}))?");
    Pattern STEP = Pattern.compile("step:([0-9a-fA-F-]{36})/([^/]+)/([0-9]{1,9})");
    Pattern SHORT = Pattern.compile("([^:/@]+)(?:@(.*))?");

    /**
     * @param dag absent in the short form
     * @param partition absent for the newest
     */
    record OfDataset(Optional<String> dag, String dataset, Optional<String> partition) implements Focus {}

    /** @param version absent for the newest */
    record OfModel(String model, Optional<Integer> version) implements Focus {}

    /** An attempt. */
    record OfStep(UUID run, String step, int attempt) implements Focus {}

    /** @throws IllegalArgumentException when the text has none of the forms; the message names them */
    static Focus parse(String text) {
        Matcher dataset = DATASET.matcher(text);
        if (dataset.matches()) {
            return new OfDataset(
                    Optional.of(dataset.group(1)), dataset.group(2), Optional.ofNullable(dataset.group(3)));
        }
        Matcher model = MODEL.matcher(text);
        if (model.matches()) {
            return new OfModel(
                    model.group(1), Optional.ofNullable(model.group(2)).map(Integer::valueOf));
        }
        Matcher step = STEP.matcher(text);
        if (step.matches()) {
            return new OfStep(UUID.fromString(step.group(1)), step.group(2), Integer.parseInt(step.group(3)));
        }
        Matcher brief = SHORT.matcher(text);
        if (brief.matches()) {
            return new OfDataset(Optional.empty(), brief.group(1), Optional.ofNullable(brief.group(2)));
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no node of the lineage; write dataset:DAG/DATASET@PARTITION, model:NAME@VERSION,"
                        + " step:RUN/STEP/ATTEMPT or, for short, DATASET@PARTITION");
    }
}
