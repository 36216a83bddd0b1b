package io.tidegate.dag.parameter;

import java.util.regex.Pattern;

/** Regular expressions that end: a match that looks at too many characters, as nested repetitions do, is given up. */
final class BoundedPattern {
    /** Longest text that is looked at: longer ones would need a deep stack. */
    private static final int LONGEST = 1_000;

    private static final int MOST_LOOKS = 1_000_000;

    private BoundedPattern() {}

    /** What came of a match. */
    enum Match {
        YES,
        NO,
        TOO_LONG
    }

    /** Whether the whole text matches. */
    static Match matches(String pattern, String text) {
        if (text.length() > LONGEST) {
            return Match.TOO_LONG;
        }
        try {
            return Pattern.compile(pattern).matcher(new Counted(text)).matches() ? Match.YES : Match.NO;
        } catch (ExhaustedException exhausted) {
            return Match.TOO_LONG;
        }
    }

    private static final class ExhaustedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ExhaustedException() {
            super("the match has looked at " + MOST_LOOKS + " characters");
        }
    }

    /** A text that may be looked at a number of times. */
    private static final class Counted implements CharSequence {
        private final String text;
        private int looks;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++looks > MOST_LOOKS) {
                throw new ExhaustedException();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
