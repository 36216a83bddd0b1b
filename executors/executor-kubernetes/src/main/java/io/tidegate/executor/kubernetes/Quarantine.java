package io.tidegate.executor.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.kubernetes.manifest.Labels;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sets aside objects that carry our label and make no sense, and says so once for each. Safe for use by several threads. */
final class Quarantine {
    private static final System.Logger LOG = System.getLogger(Quarantine.class.getName());
    private static final int MOST_REMEMBERED = 1_000;

    private final InstallationId installation;
    private final String cluster;
    private final Set<String> told = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_REMEMBERED;
        }
    }));

    Quarantine(InstallationId installation, String cluster) {
        this.installation = installation;
        this.cluster = cluster;
    }

    /** The launch key of an object; empty when it is none of ours or another installation's, or makes no sense. */
    Optional<LaunchKey> keyOf(HasMetadata object) {
        if (object == null
                || object.getMetadata() == null
                || object.getMetadata().getName() == null) {
            tell("(without a name)", "it has no name");
            return Optional.empty();
        }
        String name = object.getKind() + " " + object.getMetadata().getNamespace() + "/"
                + object.getMetadata().getName();
        if (object.getMetadata().getUid() == null) {
            tell(name, "it has no uid");
            return Optional.empty();
        }
        try {
            Map<String, String> labels = object.getMetadata().getLabels();
            return installation.mayOwn(Labels.installationOf(labels)) ? Labels.keyOf(labels) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            tell(name, malformed.getMessage());
            return Optional.empty();
        }
    }

    private void tell(String name, String problem) {
        if (told.add(name)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} of cluster {1} carries our label but is none of ours, and is left alone: {2}",
                    name,
                    cluster,
                    problem);
        }
    }
}
