package io.tidegate.dag.parser.language;

import io.tidegate.condition.Compilation;
import io.tidegate.condition.ExpressionProblem;
import io.tidegate.dag.parser.shape.TextType;
import io.tidegate.dag.parser.text.Grammar;
import io.tidegate.dag.parser.text.TextException;
import java.util.function.Function;

/** Expressions in CEL as values of fields: kept as text, after the compiler has had nothing against them. */
final class ExpressionType {
    private ExpressionType() {}

    /**
     * @param noun what it is, for messages: {@code a condition such as object.status.phase == 'Done'}
     * @param compiler compiles a text
     */
    static TextType<String> of(String noun, Function<String, ? extends Compilation<?>> compiler) {
        return TextType.asWritten(noun, grammar(compiler));
    }

    private static Grammar<String> grammar(Function<String, ? extends Compilation<?>> compiler) {
        return text -> {
            Compilation<?> compiled = compiler.apply(text);
            if (compiled.problems().isEmpty()) {
                return text;
            }
            ExpressionProblem first = compiled.problems().get(0);
            String where = first.line() == 1 ? "" : "line " + first.line() + " of this: ";
            throw new TextException(
                    where + first.message(), first.suggestion().orElse(""), offset(text, first.line(), first.column()));
        };
    }

    /** Where in the text, in UTF-16 characters, a place given by line and character stands. */
    private static int offset(String text, int line, int column) {
        int start = 0;
        for (int number = 1; number < line; number++) {
            int end = text.indexOf('\n', start);
            start = end < 0 ? start : end + 1;
        }
        int most = text.codePointCount(start, text.length());
        return text.offsetByCodePoints(start, Math.min(column - 1, most));
    }
}
