package io.tidegate.dag.parser.language;

import io.tidegate.dag.parser.shape.ListType;
import io.tidegate.dag.parser.shape.Reading;
import io.tidegate.dag.parser.shape.SchemaDefinitions;
import io.tidegate.dag.parser.shape.ValueType;
import io.tidegate.dag.parser.yaml.YamlNode;
import io.tidegate.dag.step.Foreach;
import io.tidegate.dag.step.Foreach.Items;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a variable of a foreach goes through: a list, or one name in double braces. */
final class ItemsType implements ValueType<Items> {
    private static final Pattern ONE_NAME =
            Pattern.compile("\\{\\{\\s*(params\\.|outputs\\.|item\\.)[A-Za-z0-9_.-]+\\s*}}");
    private static final ListType<String> LIST =
            ListType.of("a list of items", Notations.FREE_TEXT).notEmpty().distinct();

    @Override
    public Optional<Items> read(YamlNode node, Reading reading) {
        if (!(node instanceof YamlNode.Scalar scalar)) {
            return LIST.read(node, reading).map(Foreach.Literal::new);
        }
        if (!ONE_NAME.matcher(scalar.value()).matches()) {
            reading.expected("a list of items, or the name of one such as \"{{ outputs.list.airports }}\"", node, "");
            return Optional.empty();
        }
        return Notations.STEP_TEXT.read(node, reading).map(Foreach.Named::new);
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        Map<String, Object> name = new LinkedHashMap<>();
        name.put("type", "string");
        name.put("pattern", "^\\{\\{.*}}$");
        return Map.of("anyOf", List.of(LIST.schema(definitions), name));
    }
}
