package io.tidegate.dag.parser.testfile;

import io.tidegate.dag.parser.shape.Located;
import io.tidegate.dag.parser.shape.Reading;
import io.tidegate.dag.parser.shape.SchemaDefinitions;
import io.tidegate.dag.parser.shape.ValueType;
import io.tidegate.dag.parser.testfile.Expected.DecisionExpected;
import io.tidegate.dag.parser.testfile.Expected.LaunchExpected;
import io.tidegate.dag.parser.testfile.Expected.StepExpected;
import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;

/** What is expected of a step in its short form: the state alone. */
final class StateAlone implements ValueType<StepExpected> {
    private final ValueType<String> state;

    StateAlone(ValueType<String> state) {
        this.state = state;
    }

    @Override
    public Optional<StepExpected> read(YamlNode node, Reading reading) {
        return state.read(node, reading)
                .map(word -> new StepExpected(
                        Optional.of(new Located<>(word, node.start())),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        LaunchExpected.NOTHING,
                        DecisionExpected.NOTHING));
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        return state.schema(definitions);
    }
}
