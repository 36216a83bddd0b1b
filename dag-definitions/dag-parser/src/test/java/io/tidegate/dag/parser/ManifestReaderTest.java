package io.tidegate.dag.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests that lie in files beside a DAG are checked with it. */
final class ManifestReaderTest {
    private static final String DAG = """
            dag: train
            params: { epochs: { type: integer, default: 3 } }
            steps:
              train: { kind: resource, manifest: jobs/train.yaml, succeeds_when: object.status.done }
            """;

    @TempDir
    private Path folder;

    @Test
    void tellsWhatIsWrongInTheFileOfTheManifest() throws IOException {
        write("jobs/train.yaml", "kind: Job\nmetadata: { name: mine }\nspec: { epochs: \"{{ params.epoch }}\" }\n");

        ParseResult result = DagParser.parse(write("train.dag.yaml", DAG));

        assertThat(result.graph()).isEmpty();
        assertThat(result.problems())
                .allSatisfy(problem -> assertThat(problem.file()).endsWith("jobs/train.yaml"));
        assertThat(TestFiles.problems(result))
                .containsExactly(
                        "1:1 a manifest needs the field 'apiVersion' (for example apiVersion: kubeflow.org/v1)",
                        "2:13 metadata.name of a manifest is Tidegate's (leave it out; {{ resource.name }} is the name"
                                + " in the rest of the manifest)",
                        "3:21 a template has no name 'params.epoch' (did you mean 'params.epochs'?)");
    }

    @Test
    void readsTheManifestOfAFile() throws IOException {
        Path manifest = write("jobs/train.yaml", "apiVersion: batch.example.org/v1\nkind: Train\nspec: { rows: 5 }\n");

        assertThat(DagParser.parse(write("train.dag.yaml", DAG)).problems()).isEmpty();
        assertThat(ManifestReader.read(manifest).manifest().orElseThrow()).containsEntry("kind", "Train");
    }

    @Test
    void refusesAFileThatIsNotThereOrEmpty() throws IOException {
        assertThat(TestFiles.problems(DagParser.parse(write("train.dag.yaml", DAG))))
                .containsExactly("4:38 there is no file jobs/train.yaml (the path counts from the DAG's folder)");
        write("jobs/train.yaml", "");
        assertThat(TestFiles.problems(DagParser.parse(folder.resolve("train.dag.yaml"))))
                .containsExactly("1:1 the file is empty (it must hold a manifest)");
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
