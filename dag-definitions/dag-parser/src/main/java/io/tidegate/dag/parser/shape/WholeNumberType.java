package io.tidegate.dag.parser.shape;

import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.parser.yaml.ScalarMeaning;
import io.tidegate.dag.parser.yaml.YamlNode;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A whole number within bounds. */
public final class WholeNumberType implements ValueType<Long> {
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,18})");
    private static final Pattern GROUPED = Pattern.compile("-?[1-9][0-9]{0,2}([_,][0-9]{3})+");

    private final String noun;
    private final long minimum;
    private final long maximum;

    /** @param noun what is counted, for messages: {@code a number of intervals} */
    public WholeNumberType(String noun, long minimum, long maximum) {
        this.noun = noun;
        this.minimum = minimum;
        this.maximum = maximum;
    }

    @Override
    public Optional<Long> read(YamlNode node, Reading reading) {
        if (!(node instanceof YamlNode.Scalar scalar)) {
            reading.expected(wanted(), node, "");
            return Optional.empty();
        }
        String text = scalar.value();
        if (scalar.meaning() != ScalarMeaning.WHOLE_NUMBER) {
            reading.expected(wanted(), node, remedy(scalar));
            return Optional.empty();
        }
        if (!DECIMAL.matcher(text).matches()) {
            reading.report(
                    scalar.start(),
                    Excerpt.shortened(text) + " can be read in more than one way",
                    "write " + plain(text));
            return Optional.empty();
        }
        BigInteger value = new BigInteger(text);
        if (value.compareTo(BigInteger.valueOf(minimum)) < 0 || value.compareTo(BigInteger.valueOf(maximum)) > 0) {
            reading.report(scalar.start(), "expected " + wanted() + ", found the number " + text);
            return Optional.empty();
        }
        return Optional.of(value.longValueExact());
    }

    private String wanted() {
        return noun + " from " + minimum + " to " + maximum;
    }

    private static String remedy(YamlNode.Scalar scalar) {
        if (DECIMAL.matcher(scalar.value()).matches()) {
            return "leave out the quotes";
        }
        return GROUPED.matcher(scalar.value()).matches()
                ? "write " + scalar.value().replaceAll("[_,]", "")
                : "";
    }

    /** A number with a leading zero is octal in YAML 1.1 and decimal in YAML 1.2, the one this language is in. */
    private static String plain(String text) {
        String shortened = text.length() > 100 ? "0" : text;
        if (shortened.startsWith("0x")) {
            return new BigInteger(shortened.substring(2), 16).toString();
        }
        if (shortened.startsWith("0o")) {
            return new BigInteger(shortened.substring(2), 8).toString();
        }
        return new BigInteger(shortened).toString();
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        return Schemas.of("type", "integer", "minimum", minimum, "maximum", maximum);
    }
}
