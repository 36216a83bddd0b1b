package io.tidegate.executor.kubernetes.manifest;

import io.tidegate.executor.AttemptIdentity;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchKey;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The marks by which Jobs and pods of ours are known. */
public final class Labels {
    /** On everything of ours, with this value: what is watched and listed. */
    public static final String OURS = "app.kubernetes.io/managed-by";
    /** The value of {@link #OURS}. */
    public static final String TIDEGATE = "tidegate";
    /** The attempt's launch key. */
    public static final String LAUNCH_KEY = "tidegate.io/launch-key";

    /** The installation that made it. */
    public static final String INSTALLATION = "tidegate.io/installation";

    static final String PREFIX = "tidegate.io/";
    static final String SPECIFICATION = PREFIX + "specification";
    private static final int LONGEST = 63;

    private Labels() {}

    static Map<String, String> labels(InstallationId installation, LaunchKey key, AttemptIdentity identity) {
        Map<String, String> labels = new TreeMap<>();
        labels.put(OURS, TIDEGATE);
        labels.put(INSTALLATION, installation.value());
        labels.put(LAUNCH_KEY, key.value());
        labels.put(PREFIX + "dag", labelValue(identity.dag().value()));
        labels.put(PREFIX + "run", labelValue(identity.runId()));
        labels.put(PREFIX + "step", labelValue(identity.step().value()));
        labels.put(PREFIX + "attempt", Integer.toString(identity.number()));
        labels.put(PREFIX + "owner", labelValue(identity.owner()));
        labels.values().removeIf(String::isEmpty);
        return labels;
    }

    /** The same as text of any form, which labels cannot hold. */
    static Map<String, String> annotations(AttemptIdentity identity) {
        Map<String, String> annotations = new TreeMap<>();
        annotations.put(PREFIX + "dag", identity.dag().value());
        annotations.put(PREFIX + "run", identity.runId());
        annotations.put(PREFIX + "step", identity.step().value());
        annotations.put(PREFIX + "attempt", Integer.toString(identity.number()));
        annotations.put(PREFIX + "owner", identity.owner());
        return annotations;
    }

    /**
     * The launch key that an object is marked with; empty when it is none of ours.
     *
     * @throws IllegalArgumentException when the mark is no launch key
     */
    public static Optional<LaunchKey> keyOf(Map<String, String> labels) {
        boolean ours = labels != null && TIDEGATE.equals(labels.get(OURS));
        return ours ? Optional.ofNullable(labels.get(LAUNCH_KEY)).map(LaunchKey::new) : Optional.empty();
    }

    /** The installation that an object says made it; empty when it does not say. */
    public static Optional<String> installationOf(Map<String, String> labels) {
        return Optional.ofNullable(labels).map(all -> all.get(INSTALLATION));
    }

    /** The nearest text that is a label's value: letters, digits, dots, dashes and underscores, at most 63, none of them at the ends. */
    static String labelValue(String text) {
        String allowed = text.replaceAll("[^A-Za-z0-9._-]", "-");
        String cut = allowed.substring(0, Math.min(LONGEST, allowed.length()));
        return cut.replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
    }
}
