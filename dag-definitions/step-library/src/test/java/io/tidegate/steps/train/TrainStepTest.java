package io.tidegate.steps.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.steps.bundle.ChampionBundle;
import io.tidegate.steps.bundle.ModelBundle;
import io.tidegate.steps.contract.StepFailure;
import io.tidegate.steps.evaluate.EvaluateStep;
import io.tidegate.steps.storage.Storage;
import io.tidegate.steps.testing.SharedSpark;
import io.tidegate.steps.testing.StepRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training, evaluation and bundles together, as a model lives through them. */
class TrainStepTest {
    @TempDir
    private static Path shared;

    private static Path earlier;
    private static Path current;
    private static Path turned;
    private static Path champion;
    private static StepRun championRun;

    @TempDir
    private Path folder;

    @BeforeAll
    static void trainChampion() {
        earlier = ToyFeatures.write(shared, "2001-01-01", 2);
        current = ToyFeatures.write(shared, "2001-01-08", 2);
        turned = ToyFeatures.write(shared.resolve("turned"), "2001-01-08", -2);
        champion = shared.resolve("models").resolve("champion");
        championRun = train(shared, champion, "null")
                .input("features", earlier, current)
                .run(new TrainStep());
    }

    private static StepRun train(Path folder, Path bundle, String championJson) {
        return new StepRun("refit", folder)
                .set("train", "'" + ToyTrainer.class.getName() + "'")
                .set("holdout", "'P2D'")
                .set(
                        "model",
                        "{'name': 'toy', 'target': 'x', 'bundle': '" + bundle + "', 'champion': " + championJson + "}");
    }

    private String asChampion() {
        return "{'version': 3, 'bundle': '" + champion + "'}";
    }

    private StepRun evaluate(String metrics) {
        return new StepRun("evaluate", folder)
                .set("metrics", metrics)
                .set("model", "{'name': 'toy', 'champion': " + asChampion() + "}");
    }

    private static Storage storage() {
        return new Storage(SharedSpark.session().sparkContext().hadoopConfiguration());
    }

    @Test
    void registersABundleThatSaysWhatItWasMadeOf() {
        JsonNode model = championRun.lines("model").get(0);
        ModelBundle bundle = ModelBundle.open(storage(), champion.toString());
        assertThat(model.path("fingerprint").asText()).isEqualTo(bundle.fingerprint());
        assertThat(model.path("uri").asText()).isEqualTo(champion.toString());
        assertThat(model.path("params").path("LogisticRegressionModel.regParam").asText())
                .isEqualTo("0.001");
        assertThat(model.path("trained_on"))
                .extracting(seen -> seen.path("partition").asText())
                .containsExactly("2001-01-01", "2001-01-08");
        assertThat(model.path("metrics").path("log_loss").asDouble()).isEqualTo(championRun.metric("log_loss"));
        assertThat(bundle.manifest().training().before()).isEqualTo("2001-01-13T00:00-05:00");
        assertThat(bundle.manifest().training().rows()).isEqualTo(4000 + 4000 * 5 / 7 + 1);
        assertThat(bundle.manifest().histograms()).containsOnlyKeys("x", "origin");
        assertThat(bundle.manifest().columns().features()).containsExactly("x", "origin");
    }

    @Test
    void reportsWhatAGateNeedsForBothModels() {
        StepRun run = train(folder, folder.resolve("challenger"), asChampion())
                .input("features", turned)
                .run(new TrainStep());
        assertThat(run.metric("log_loss", "challenger")).isLessThan(run.metric("log_loss", "champion") - 0.5);
        assertThat(run.metric("auc", "challenger")).isGreaterThan(0.8);
        assertThat(run.metric("auc", "champion")).isLessThan(0.2);
        assertThat(run.metric("calibration_error", "challenger")).isBetween(0.0, 0.1);
        assertThat(run.metric("log_loss", "challenger")).isLessThan(run.metric("baseline_log_loss", "challenger"));
        List<JsonNode> slices = run.lines(line -> line.has("slice"));
        assertThat(slices)
                .allMatch(line -> line.path("slice").path("column").asText().equals("origin"));
        // XXX has too few rows in two days to say anything.
        assertThat(slices)
                .extracting(line -> line.path("slice").path("value").asText() + " "
                        + line.path("role").asText())
                .containsExactlyInAnyOrder("ATL challenger", "ATL champion", "ORD challenger", "ORD champion");
        assertThat(slices).allMatch(line -> line.path("samples").asLong() >= 100);
    }

    @Test
    void whatIsHeldOutIsNotTrainedOn() {
        // The same five days, then two days in which the label is turned around.
        Path poisoned = folder.resolve("2001-01-08");
        SharedSpark.session()
                .read()
                .parquet(current.toString())
                .selectExpr("at", "origin", "x", "if(at < TIMESTAMP_NTZ'2001-01-13 00:00:00', late, 1 - late) AS late")
                .write()
                .parquet(poisoned.toString());
        train(folder, folder.resolve("a"), "null").input("features", current).run(new TrainStep());
        train(folder, folder.resolve("b"), "null").input("features", poisoned).run(new TrainStep());
        assertThat(weight("a")).isEqualTo(weight("b"));
    }

    private double weight(String bundle) {
        var stages = ModelBundle.open(storage(), folder.resolve(bundle).toString())
                .pipeline()
                .stages();
        // Rows may be added up in another order; more than that must not differ.
        return Math.round(((LogisticRegressionModel) stages[1]).coefficients().apply(0) * 1e9) / 1e9;
    }

    @Test
    void theGridChoosesWhatDoesBestLater() {
        StepRun run = train(folder, folder.resolve("grid"), "null")
                .set("train", "'" + GridTrainer.class.getName() + "'")
                .input("features", earlier, current)
                .run(new TrainStep());
        assertThat(run.lines("model")
                        .get(0)
                        .path("params")
                        .path("LogisticRegressionModel.regParam")
                        .asText())
                .isEqualTo("0.01");
    }

    @Test
    void whatCannotBeTrainedOnIsSaid() {
        StepRun tooMuch = train(folder, folder.resolve("m"), "null")
                .set("holdout", "'P7D'")
                .input("features", current);
        assertThatThrownBy(() -> tooMuch.run(new TrainStep()))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("there is no row to train on from before 2001-01-08T00:00-05:00");
        Path same = folder.resolve("same");
        SharedSpark.session()
                .read()
                .parquet(current.toString())
                .selectExpr("at", "origin", "x", "0 AS late")
                .write()
                .parquet(same.toString());
        StepRun nothing = train(folder, folder.resolve("m"), "null").input("features", same);
        assertThatThrownBy(() -> nothing.run(new TrainStep()))
                .hasMessageContaining("have the same 'late': there is nothing to learn");
        StepRun none = train(folder, folder.resolve("m"), "null")
                .set("holdout", "'PT0S'")
                .input("features", current);
        assertThatThrownBy(() -> none.run(new TrainStep())).hasMessageContaining("must be longer than nothing");
    }

    @Test
    void evaluationIsTheSameEachTime() {
        Path scores = folder.resolve("scores");
        StepRun first = evaluate("[]")
                .input("features", current)
                .output("scores", scores)
                .run(new EvaluateStep());
        StepRun second = evaluate("[]")
                .input("features", current)
                .output("scores", scores)
                .run(new EvaluateStep());
        assertThat(first.lines("metric")).isNotEmpty().isEqualTo(second.lines("metric"));
        assertThat(first.lines("dataset")).isEqualTo(second.lines("dataset"));
        assertThat(first.metric("log_loss")).isLessThan(first.metric("baseline_log_loss"));
        assertThat(first.metric("positive_share")).isBetween(0.4, 0.6);
        assertThat(first.metric("drift_psi")).isLessThan(0.05);
        Dataset<Row> written = SharedSpark.session().read().parquet(scores.toString());
        assertThat(written.columns()).containsExactly("at", "origin", "late", "probability", "model_version");
        assertThat(written.count()).isEqualTo(4000);
        assertThat(written.select("model_version").first().getLong(0)).isEqualTo(3);
    }

    @Test
    void driftTellsWhichFeatureMoved() {
        Path moved = folder.resolve("moved");
        SharedSpark.session()
                .read()
                .parquet(current.toString())
                .selectExpr("at", "origin", "x + 1 AS x", "late")
                .write()
                .parquet(moved.toString());
        StepRun run = evaluate("['drift_psi']").input("features", moved).run(new EvaluateStep());
        assertThat(run.slice("psi", "x")).isGreaterThan(0.25).isEqualTo(run.metric("drift_psi"));
        assertThat(run.slice("psi", "origin")).isLessThan(0.05);
        assertThat(run.lines("metric"))
                .extracting(line -> line.path("name").asText())
                .containsOnly("psi", "drift_psi");
    }

    @Test
    void whatCannotBeEvaluatedIsSaid() {
        Path other = folder.resolve("other");
        SharedSpark.session()
                .read()
                .parquet(current.toString())
                .drop("x")
                .write()
                .parquet(other.toString());
        StepRun lacking = evaluate("[]").input("features", other);
        assertThatThrownBy(() -> lacking.run(new EvaluateStep()))
                .hasMessageContaining("the dataset features lacks what the champion needs: x.");
        StepRun misspelt = evaluate("['logloss']").input("features", current);
        assertThatThrownBy(() -> misspelt.run(new EvaluateStep()))
                .hasMessageContaining("there is no metric 'logloss' to evaluate; known are log_loss");
        StepRun none = new StepRun("evaluate", folder)
                .set("model", "{'name': 'toy', 'champion': null}")
                .input("features", current);
        assertThatThrownBy(() -> none.run(new EvaluateStep()))
                .hasMessageContaining("the model toy has no champion to evaluate");
    }

    @Test
    void aDamagedBundleIsRefused() throws IOException {
        Path copy = folder.resolve("copy");
        ModelBundle whole = ModelBundle.open(storage(), champion.toString());
        for (Storage.StoredFile file : storage().files(champion.toString())) {
            Path target = copy.resolve(file.name());
            Files.createDirectories(target.getParent());
            Files.copy(champion.resolve(file.name()), target);
        }
        assertThat(ModelBundle.open(storage(), copy.toString()).fingerprint()).isEqualTo(whole.fingerprint());
        Path metadata = copy.resolve(whole.manifest().files().firstKey());
        byte[] before = Files.readAllBytes(metadata);
        Files.writeString(metadata, "{}");
        assertThatThrownBy(() -> ModelBundle.open(storage(), copy.toString()))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining(
                        "is damaged: the file " + whole.manifest().files().firstKey() + " has changed");
        Files.write(metadata, before);
        Files.writeString(copy.resolve("more"), "x");
        assertThatThrownBy(() -> ModelBundle.open(storage(), copy.toString()))
                .hasMessageContaining("the file more was added");
        Files.delete(copy.resolve("more"));
        Files.delete(metadata);
        assertThatThrownBy(() -> ModelBundle.open(storage(), copy.toString())).hasMessageContaining("is missing");
    }

    @Test
    void usersFindTheChampionThroughItsPointer() throws IOException {
        String fingerprint = ModelBundle.open(storage(), champion.toString()).fingerprint();
        Path target = Files.createDirectories(folder.resolve("toy"));
        String pointer = "{\"model\": \"toy\", \"version\": 3, \"bundle\": \"" + champion
                + "\", \"fingerprint\": \"%s\", \"since\": \"x\"}";
        assertThatThrownBy(() -> ChampionBundle.load(SharedSpark.session(), target.toString()))
                .hasMessageContaining("has no champion yet");
        Files.writeString(target.resolve(ChampionBundle.POINTER), pointer.formatted(fingerprint));
        ChampionBundle loaded = ChampionBundle.load(SharedSpark.session(), target.toString());
        assertThat(loaded.version()).isEqualTo(3);
        Dataset<Row> scored = loaded.score(SharedSpark.session().sql("SELECT 2.0D AS x"), "chance");
        assertThat(scored.select("chance").first().getDouble(0)).isGreaterThan(0.9);
        Files.writeString(target.resolve(ChampionBundle.POINTER), pointer.formatted("sha256:00"));
        assertThatThrownBy(() -> ChampionBundle.load(SharedSpark.session(), target.toString()))
                .hasMessageContaining("was changed after its publication");
    }
}
