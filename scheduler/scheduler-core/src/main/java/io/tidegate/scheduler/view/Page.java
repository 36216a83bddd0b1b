package io.tidegate.scheduler.view;

import java.util.List;
import java.util.Optional;

/**
 * A stretch of a longer list.
 *
 * @param next what to ask for the following page with, absent on the last one
 */
public record Page<T>(List<T> items, Optional<String> next) {
    public Page {
        items = List.copyOf(items);
    }
}
