package io.tidegate.server.settings;

import io.tidegate.dag.parser.text.Durations;
import io.tidegate.dag.parser.text.TextException;
import io.tidegate.executor.kubernetes.settings.ClusterSettings;
import io.tidegate.executor.kubernetes.settings.ClusterSettings.Access;
import io.tidegate.executor.kubernetes.settings.ClusterSettings.Limits;
import io.tidegate.executor.kubernetes.settings.ClusterSettings.Security;
import io.tidegate.executor.kubernetes.settings.Timing;
import io.tidegate.server.settings.KubernetesSection.ClusterSection;
import io.tidegate.server.settings.KubernetesSection.LimitsSection;
import io.tidegate.server.settings.KubernetesSection.SecuritySection;
import io.tidegate.server.settings.KubernetesSection.TimingSection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** From the configuration file to the clusters of the executor, with every default filled in. */
public final class KubernetesClusters {
    private KubernetesClusters() {}

    /**
     * The clusters in the order of the file.
     *
     * @throws SettingsException when a value makes no sense
     */
    public static List<ClusterSettings> of(KubernetesSection section) {
        return section.clusters().entrySet().stream()
                .map(entry -> cluster("kubernetes.clusters." + entry.getKey(), entry.getKey(), entry.getValue()))
                .toList();
    }

    private static ClusterSettings cluster(String where, String name, ClusterSection section) {
        if (section == null) {
            throw new SettingsException(where + " is empty; write at least its namespace");
        }
        List<String> namespaces = new ArrayList<>();
        namespaces.add(section.namespace()
                .orElseThrow(() -> new SettingsException(where + " needs a namespace in which Jobs are made")));
        namespaces.addAll(section.namespaces().orElse(List.of()));
        try {
            return new ClusterSettings(
                    name,
                    access(where, section),
                    namespaces,
                    section.apiAddress().map(address -> checkedAddress(where, address)),
                    section.limits().map(KubernetesClusters::limits).orElse(Limits.DEFAULT),
                    section.timing().map(timing -> timing(where, timing)).orElse(Timing.DEFAULT),
                    security(
                            section.security()
                                    .orElseGet(() ->
                                            new SecuritySection(Optional.empty(), Optional.empty(), Optional.empty())),
                            section.resources().orElse(List.of())));
        } catch (IllegalArgumentException wrong) {
            throw new SettingsException(where + ": " + wrong.getMessage());
        }
    }

    private static Access access(String where, ClusterSection section) {
        boolean inCluster = section.inCluster().orElse(false);
        if (inCluster && (section.kubeconfig().isPresent() || section.context().isPresent())) {
            throw new SettingsException(where + " is reached either in_cluster or with a kubeconfig, not both");
        }
        return inCluster ? new Access.InCluster() : new Access.Kubeconfig(section.kubeconfig(), section.context());
    }

    private static String checkedAddress(String where, String address) {
        boolean web = address.startsWith("http://") || address.startsWith("https://");
        if (!web || URI.create(address).getHost() == null) {
            throw new SettingsException(where + ".api_address must be an http or https address, not " + address);
        }
        return address;
    }

    private static Limits limits(LimitsSection section) {
        return new Limits(
                section.requestsPerSecond().orElse(Limits.DEFAULT.requestsPerSecond()),
                section.burst().orElse(Limits.DEFAULT.burst()),
                section.requestsAtOnce().orElse(Limits.DEFAULT.requestsAtOnce()));
    }

    private static Timing timing(String where, TimingSection section) {
        Timing usual = Timing.DEFAULT;
        return new Timing(
                duration(where + ".timing.pending", section.pending(), usual.pending()),
                duration(where + ".timing.grace", section.grace(), usual.grace()),
                duration(where + ".timing.deadline_margin", section.deadlineMargin(), usual.deadlineMargin()),
                duration(where + ".timing.keep_finished", section.keepFinished(), usual.keepFinished()),
                duration(where + ".timing.list_every", section.listEvery(), usual.listEvery()));
    }

    private static Duration duration(String where, Optional<String> text, Duration usual) {
        try {
            return text.isEmpty() ? usual : Durations.withLikelyUnit("s").read(text.get());
        } catch (TextException wrong) {
            throw new SettingsException(where + ": " + wrong.getMessage());
        }
    }

    private static Security security(SecuritySection section, List<String> resources) {
        return new Security(
                Set.copyOf(section.serviceAccounts().orElse(List.of())),
                section.hostPaths().orElse(List.of()),
                section.privileged().orElse(false),
                Set.copyOf(resources));
    }
}
