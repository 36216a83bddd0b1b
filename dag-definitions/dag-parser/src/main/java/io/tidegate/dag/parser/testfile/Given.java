package io.tidegate.dag.parser.testfile;

import io.tidegate.dag.data.InputReference;
import io.tidegate.dag.parser.shape.Located;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a run finds, and what its steps do.
 *
 * @param interval name of the interval's partition; absent for the first interval of the schedule
 * @param params values by parameter, as written
 * @param models what is known of models, by name
 * @param secrets what is said of the DAG's secrets
 * @param missing partitions that were never written, though steps read them
 * @param previous how steps of the interval before stand, by step; what is left out has succeeded
 * @param steps results by step, one for each attempt; the last one counts for all further attempts
 * @param cancelAfter when a person cancels the run, from its start on
 */
public record Given(
        Optional<Located<String>> interval,
        Map<String, Located<String>> params,
        Secrets secrets,
        Map<String, Located<ModelGiven>> models,
        List<Located<InputReference>> missing,
        Map<String, Located<String>> previous,
        Map<String, Located<List<StepResult>>> steps,
        Optional<Duration> cancelAfter) {
    /** Words for how a step of the interval before stands. */
    public static final List<String> PREVIOUS = List.of("succeeded", "skipped", "failed", "running", "no_run");

    public static final Given NOTHING = new Given(
            Optional.empty(), Map.of(), Secrets.AS_DECLARED, Map.of(), List.of(), Map.of(), Map.of(), Optional.empty());

    public Given {
        Objects.requireNonNull(interval, "interval");
        params = Map.copyOf(params);
        Objects.requireNonNull(secrets, "secrets");
        models = Map.copyOf(models);
        missing = List.copyOf(missing);
        previous = Map.copyOf(previous);
        steps = Map.copyOf(steps);
        Objects.requireNonNull(cancelAfter, "cancelAfter");
    }

    /**
     * What is said of secrets; others are there in a test, and read as the DAG says in a local run.
     *
     * @param values by name
     * @param missing names of those that cannot be read
     */
    public record Secrets(Map<String, Located<String>> values, List<Located<String>> missing) {
        /** Nothing is said of any. */
        public static final Secrets AS_DECLARED = new Secrets(Map.of(), List.of());

        public Secrets {
            values = Map.copyOf(values);
            missing = List.copyOf(missing);
        }

        Secrets over(Secrets shared) {
            return new Secrets(merged(shared.values, values), missing.isEmpty() ? shared.missing : missing);
        }
    }

    /**
     * What is known of a model before the run.
     *
     * @param champion version of the champion; absent while there is none
     * @param sinceTraining intervals since a version was last trained; absent when none ever was
     * @param history values of metrics in the intervals before the run's, by metric, oldest first
     */
    public record ModelGiven(
            OptionalLong champion, OptionalLong sinceTraining, Map<String, Located<List<Measured>>> history) {
        public ModelGiven {
            Objects.requireNonNull(champion, "champion");
            Objects.requireNonNull(sinceTraining, "sinceTraining");
            history = Map.copyOf(history);
        }
    }

    /**
     * A measured number.
     *
     * @param samples rows it rests on; absent for as many as anybody asks for
     */
    public record Measured(double value, OptionalLong samples) {
        public Measured {
            Objects.requireNonNull(samples, "samples");
        }
    }

    /** This, with everything that it does not say taken from the other. Parameters, models and steps are taken one by one. */
    public Given over(Given shared) {
        return new Given(
                interval.or(shared::interval),
                merged(shared.params, params),
                secrets.over(shared.secrets),
                merged(shared.models, models),
                missing.isEmpty() ? shared.missing : missing,
                merged(shared.previous, previous),
                merged(shared.steps, steps),
                cancelAfter.or(shared::cancelAfter));
    }

    private static <T> Map<String, T> merged(Map<String, T> shared, Map<String, T> own) {
        Map<String, T> all = new LinkedHashMap<>(shared);
        all.putAll(own);
        return all;
    }
}
