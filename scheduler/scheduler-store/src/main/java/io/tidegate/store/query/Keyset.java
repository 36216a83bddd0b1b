package io.tidegate.store.query;

import io.tidegate.scheduler.view.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Pages by key. */
final class Keyset {
    /** A page is never larger, whatever is asked for. */
    static final int MOST = 1000;

    private Keyset() {}

    static int limit(int asked) {
        return Math.max(1, Math.min(asked, MOST));
    }

    /**
     * @param found rows read, one more than the limit when there is a next page
     * @param items what became of the first {@code limit} of them
     * @param key of a row, to go on after
     */
    static <R, T> Page<T> page(List<R> found, int limit, Function<List<R>, List<T>> items, Function<R, String> key) {
        if (found.size() <= limit) {
            return new Page<>(items.apply(found), Optional.empty());
        }
        List<R> shown = found.subList(0, limit);
        return new Page<>(items.apply(shown), Optional.of(key.apply(shown.get(limit - 1))));
    }

    /** @throws IllegalArgumentException when the text is not a key a page gave */
    static long number(String after) {
        try {
            return Long.parseLong(after);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + after + "' is not the 'next' of a page", e);
        }
    }
}
