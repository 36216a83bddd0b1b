package io.tidegate.dag.parser.testfile;

import static io.tidegate.dag.parser.shape.Field.optional;

import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.NumberType;
import io.tidegate.dag.parser.shape.ObjectType;
import io.tidegate.dag.parser.shape.TruthType;
import io.tidegate.dag.parser.testfile.Expected.RuleExpected;
import java.util.List;
import java.util.Optional;

/** The fields of an entry of {@code rules}. */
final class RuleFields {
    private static final Field<Boolean> HOLDS =
            optional("holds", new TruthType(), "Whether the condition or the rule holds.", "holds: true");
    private static final Field<String> BECAUSE =
            optional("because", TestNotations.TEXT, "Part of its explanation.", "because: within the cooldown");
    private static final Field<Double> VALUE = number("value", "The newest reading of a threshold.", "value: 0.045");
    private static final Field<Double> LEFT = number("left", "The left side of a gate's rule.", "left: 0.512");
    private static final Field<Double> RIGHT = number("right", "The right side of a gate's rule.", "right: 0.498");

    static final ObjectType<RuleExpected> TYPE = ObjectType.of(
            "expected_rule",
            "what is expected of a rule",
            List.of(HOLDS, BECAUSE, VALUE, LEFT, RIGHT),
            values -> Optional.of(new RuleExpected(
                    values.located(HOLDS),
                    values.located(BECAUSE),
                    values.located(VALUE),
                    values.located(LEFT),
                    values.located(RIGHT))));

    private RuleFields() {}

    private static Field<Double> number(String name, String description, String example) {
        return optional(name, new NumberType(), description + " Compared to six digits.", example);
    }
}
