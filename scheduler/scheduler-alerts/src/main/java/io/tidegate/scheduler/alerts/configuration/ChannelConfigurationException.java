package io.tidegate.scheduler.alerts.configuration;

import java.util.List;

/** The declared channels cannot be used. Holds everything that is wrong, each with its place. */
public final class ChannelConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    ChannelConfigurationException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** One sentence each, beginning with the place, for example {@code channels.ml-oncall.url: ...}. */
    public List<String> problems() {
        return problems;
    }
}
