package io.tidegate.dag.parser.text;

import io.tidegate.dag.name.Names;
import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.step.ResultCondition;
import io.tidegate.dag.step.ResultCondition.Term;
import io.tidegate.dag.step.RunWhen;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.step.StepResult;
import io.tidegate.dag.step.TriggerRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What must have become of the steps in {@code needs}: the word of a trigger rule, or a condition over results.
 *
 * <pre>
 * condition = part { "||" part }
 * part      = term { "&amp;&amp;" term }
 * term      = "!" term | "(" condition ")" | step "." ("succeeded" | "failed" | "skipped")
 * </pre>
 */
public final class RunRules {
    /** A condition as a regular expression, for the schema: its letters only. */
    public static final String PATTERN = "^[a-z0-9_.!&|() -]*\\.[a-z0-9_.!&|() -]*$";

    private static final int DEEPEST_NESTING = 50;
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
    private static final Map<String, TriggerRule> RULES = Collections.unmodifiableMap(Arrays.stream(
                    TriggerRule.values())
            .collect(Collectors.toMap(TriggerRule::word, rule -> rule, (first, second) -> first, LinkedHashMap::new)));
    private static final Map<String, StepResult> RESULTS =
            Collections.unmodifiableMap(Arrays.stream(StepResult.values())
                    .collect(Collectors.toMap(
                            StepResult::word, result -> result, (first, second) -> first, LinkedHashMap::new)));

    private final RunRuleTokens tokens;
    private int depth;

    private RunRules(String source) throws TextException {
        this.tokens = new RunRuleTokens(source);
    }

    /** The words of the trigger rules, the usual one first. */
    public static Set<String> words() {
        return RULES.keySet();
    }

    /** @throws TextException when the text is neither; the offset says where it stops being one */
    public static RunWhen read(String text) throws TextException {
        return WORD.matcher(text).matches() ? rule(text) : new RunRules(text).condition();
    }

    /** The rule or condition in one spelling. */
    public static String write(RunWhen runWhen) {
        return runWhen instanceof TriggerRule rule ? rule.word() : runWhen.toString();
    }

    private static TriggerRule rule(String word) throws TextException {
        if (word.equals("always")) {
            throw new TextException(
                    "'always' waits for nothing, so the steps in needs would mean nothing",
                    "to run whatever becomes of them write all_done; to wait for nothing leave needs out");
        }
        return Words.of("a trigger rule", RULES).read(word);
    }

    private ResultCondition condition() throws TextException {
        Term term = any();
        if (!tokens.peek().isEnd()) {
            throw tokens.peek().unexpected("&&, || or the end of the condition", "");
        }
        return new ResultCondition(term);
    }

    private Term any() throws TextException {
        List<Term> terms = new ArrayList<>(List.of(all()));
        while (tokens.skip("||")) {
            terms.add(all());
        }
        return terms.size() == 1 ? terms.get(0) : new ResultCondition.Any(terms);
    }

    private Term all() throws TextException {
        List<Term> terms = new ArrayList<>(List.of(term()));
        while (tokens.skip("&&")) {
            terms.add(term());
        }
        return terms.size() == 1 ? terms.get(0) : new ResultCondition.All(terms);
    }

    private Term term() throws TextException {
        depth++;
        if (depth > DEEPEST_NESTING) {
            throw tokens.peek().unexpected("at most " + DEEPEST_NESTING + " brackets and signs inside each other", "");
        }
        Term term;
        if (tokens.skip("!")) {
            term = new ResultCondition.Not(term());
        } else if (tokens.skip("(")) {
            term = any();
            expect(")", "");
        } else {
            term = ended();
        }
        depth--;
        return term;
    }

    private Term ended() throws TextException {
        RunRuleTokens.Token step = tokens.next();
        if (!step.isName()) {
            throw step.unexpected("a result of a step such as clean.succeeded", "");
        }
        if (!Names.isIdentifier(step.text())) {
            throw new TextException(Excerpt.quoted(step.text()) + " cannot be the name of a step", "", step.offset());
        }
        expect(".", "write " + step.text() + ".succeeded, " + step.text() + ".failed or " + step.text() + ".skipped");
        RunRuleTokens.Token word = tokens.next();
        StepResult result = RESULTS.get(word.text());
        if (result == null) {
            throw word.unexpected("succeeded, failed or skipped", Words.nearest(word.text(), RESULTS.keySet()));
        }
        return new ResultCondition.Ended(new StepId(step.text()), result);
    }

    private void expect(String symbol, String suggestion) throws TextException {
        RunRuleTokens.Token token = tokens.next();
        if (!token.text().equals(symbol)) {
            throw token.unexpected("'" + symbol + "'", suggestion);
        }
    }
}
