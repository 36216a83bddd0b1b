package io.tidegate.dag.parser.text;

import io.tidegate.dag.model.Comparison;
import io.tidegate.dag.model.GateRule;
import io.tidegate.dag.model.ModelRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Rules of a gate:
 *
 * <pre>
 * rule  = sum comparison sum
 * sum   = ["+" | "-"] term { ("+" | "-") term }
 * term  = number ["%"]
 *       | ("challenger" | "champion") "." metric
 *       | "worst_slice" "(" column ")" "." metric "." "increase"
 * </pre>
 */
public final class GateRules {
    private static final Set<String> WORDS = Set.of("challenger", "champion", "worst_slice");
    private static final int MOST_TERMS = 20;

    private final GateTokens tokens;
    private final String source;

    private GateRules(String source) throws TextException {
        this.source = source;
        this.tokens = new GateTokens(source);
    }

    /** @throws TextException when the text is no rule; the offset says where it stops being one */
    public static GateRule read(String text) throws TextException {
        return new GateRules(text).rule();
    }

    private GateRule rule() throws TextException {
        GateRule.Sum left = sum();
        GateTokens.Token token = tokens.next();
        Comparison comparison = Comparison.ofSymbol(token.text())
                .orElseThrow(() -> token.unexpected("a comparison: <, <=, > or >=", ""));
        GateRule.Sum right = sum();
        if (!tokens.peek().isEnd()) {
            throw tokens.peek().unexpected("the end of the rule", "write a second rule for a second comparison");
        }
        if (!measures(left) && !measures(right)) {
            throw new TextException(
                    "a rule must name the challenger or the champion", "for example challenger.auc >= 0.6");
        }
        return new GateRule(source.strip(), left, comparison, right);
    }

    private static boolean measures(GateRule.Sum sum) {
        return sum.terms().stream().anyMatch(signed -> !(signed.term() instanceof GateRule.Constant));
    }

    private GateRule.Sum sum() throws TextException {
        List<GateRule.SignedTerm> terms = new ArrayList<>();
        terms.add(new GateRule.SignedTerm(tokens.peek().isSign() ? sign() : 1, term()));
        while (tokens.peek().isSign()) {
            if (terms.size() == MOST_TERMS) {
                throw tokens.peek().unexpected("at most " + MOST_TERMS + " terms on a side", "");
            }
            terms.add(new GateRule.SignedTerm(sign(), term()));
        }
        return new GateRule.Sum(terms);
    }

    private int sign() {
        return tokens.next().text().equals("-") ? -1 : 1;
    }

    private GateRule.Term term() throws TextException {
        GateTokens.Token token = tokens.next();
        if (token.isNumber()) {
            boolean percent = tokens.peek().text().equals("%");
            return new GateRule.Constant(
                    Numbers.read(token.text() + (percent ? tokens.next().text() : "")));
        }
        return switch (token.text()) {
            case "challenger" -> measured(ModelRole.CHALLENGER);
            case "champion" -> measured(ModelRole.CHAMPION);
            case "worst_slice" -> worstSlice();
            default ->
                throw token.unexpected(
                        "a number, challenger.METRIC, champion.METRIC or worst_slice(COLUMN).METRIC.increase",
                        token.isName() ? Words.nearest(token.text(), WORDS) : "");
        };
    }

    private GateRule.Term measured(ModelRole role) throws TextException {
        expect(".");
        return new GateRule.Measured(role, name("the name of a metric"));
    }

    private GateRule.Term worstSlice() throws TextException {
        expect("(");
        String column = name("the name of a column");
        expect(")");
        expect(".");
        String metric = name("the name of a metric");
        expect(".");
        GateTokens.Token token = tokens.next();
        if (!token.text().equals("increase")) {
            throw token.unexpected("'increase'", Words.nearest(token.text(), Set.of("increase")));
        }
        return new GateRule.WorstSliceIncrease(column, metric);
    }

    private String name(String what) throws TextException {
        GateTokens.Token token = tokens.next();
        if (!token.isName()) {
            throw token.unexpected(what, "");
        }
        return token.text();
    }

    private void expect(String symbol) throws TextException {
        GateTokens.Token token = tokens.next();
        if (!token.text().equals(symbol)) {
            throw token.unexpected("'" + symbol + "'", "");
        }
    }

    /** The rule in one spelling: numbers plain, one space around signs and comparisons. */
    public static String write(GateRule rule) {
        return write(rule.left()) + " " + rule.comparison().symbol() + " " + write(rule.right());
    }

    private static String write(GateRule.Sum sum) {
        StringBuilder text = new StringBuilder();
        for (GateRule.SignedTerm signed : sum.terms()) {
            if (text.isEmpty()) {
                text.append(signed.sign() < 0 ? "-" : "");
            } else {
                text.append(signed.sign() < 0 ? " - " : " + ");
            }
            text.append(write(signed.term()));
        }
        return text.toString();
    }

    private static String write(GateRule.Term term) {
        if (term instanceof GateRule.Measured measured) {
            return measured.role().word() + "." + measured.metric();
        }
        if (term instanceof GateRule.WorstSliceIncrease slice) {
            return "worst_slice(" + slice.column() + ")." + slice.metric() + ".increase";
        }
        return Numbers.write(((GateRule.Constant) term).value());
    }
}
