package io.tidegate.scheduler.resolve;

import java.util.Map;
import java.util.Objects;

/**
 * One item of a step that runs for each item of a list.
 *
 * @param key names it within the step
 * @param values JSON values by the names that templates have for them: {@code item.index} from 0 on, and {@code item.VARIABLE}
 */
public record Item(String key, Map<String, String> values) {
    public Item {
        Objects.requireNonNull(key, "key");
        values = Map.copyOf(values);
    }
}
