package io.tidegate.dag.parser.language;

import io.tidegate.dag.DagDefinition;
import io.tidegate.dag.parser.problem.Position;
import io.tidegate.dag.parser.problem.Problems;
import io.tidegate.dag.parser.shape.Reading;
import io.tidegate.dag.parser.yaml.YamlNode;
import io.tidegate.dag.parser.yaml.YamlReader;
import java.util.Map;
import java.util.Optional;

/** Manifests in files of their own, under the same rules as those inside a DAG file. */
public final class ManifestFiles {
    private static final ManifestType TYPE = new ManifestType();

    private ManifestFiles() {}

    /**
     * The manifest of a file's text.
     *
     * @param problems of the file; receives what is wrong
     * @param definition the DAG that names the file, whose names its templates may use; without one they are not looked at
     * @return empty when there is none, with a problem
     */
    public static Optional<Map<String, Object>> read(
            String text, Problems problems, int deepestNesting, Optional<DagDefinition> definition) {
        Optional<YamlNode> document = YamlReader.read(text, problems, deepestNesting);
        if (document.isEmpty()) {
            if (problems.isEmpty()) {
                problems.add(Position.TOP, "the file is empty", Optional.of("it must hold a manifest"));
            }
            return Optional.empty();
        }
        Reading reading = new Reading(problems);
        Optional<Map<String, Object>> manifest = TYPE.read(document.get(), reading);
        definition.ifPresent(dag -> checks(dag).check(reading));
        return problems.isEmpty() ? manifest : Optional.empty();
    }

    private static TemplateChecks checks(DagDefinition dag) {
        return new TemplateChecks(
                TemplateChecks.Declared.of(dag), dag.schedule().isPresent());
    }
}
