package io.tidegate.executor.kubernetes.manifest;

import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.tidegate.executor.kubernetes.settings.ClusterSettings.Security;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What no pod may do unless the operator allows it. Looks at the pod as it will be created, whoever wrote which part of it. */
final class SecurityRules {
    private final Security allowed;
    private final PodSpec pod;

    SecurityRules(Security allowed, PodSpec pod) {
        this.allowed = allowed;
        this.pod = pod;
    }

    void enforce() throws RefusedException {
        serviceAccount();
        if (!allowed.privileged()) {
            node();
            podContext();
        }
        for (Volume volume : pod.getVolumes()) {
            volume(volume);
        }
        List<Container> containers = new ArrayList<>(pod.getContainers());
        containers.addAll(pod.getInitContainers());
        for (Container container : containers) {
            if (!allowed.privileged()) {
                container(container);
            }
        }
        if (!pod.getEphemeralContainers().isEmpty()) {
            throw refused("has ephemeral containers", "leave them out");
        }
    }

    private void serviceAccount() throws RefusedException {
        String account = pod.getServiceAccountName();
        if (account == null) {
            // Without an account of its own a program has no business with the cluster.
            pod.setAutomountServiceAccountToken(false);
            return;
        }
        if (!allowed.serviceAccounts().contains(account)) {
            throw refused(
                    "asks for the service account '" + account + "'",
                    "name it under security.service_accounts of the cluster to allow it");
        }
    }

    private void node() throws RefusedException {
        if (isTrue(pod.getHostNetwork()) || isTrue(pod.getHostPID()) || isTrue(pod.getHostIPC())) {
            throw refused("shares the node's network, processes or memory", PRIVILEGED);
        }
    }

    private void podContext() throws RefusedException {
        PodSecurityContext context = pod.getSecurityContext();
        if (context == null) {
            return;
        }
        if (!context.getSysctls().isEmpty()) {
            throw refused("sets sysctls", PRIVILEGED);
        }
        if (context.getWindowsOptions() != null
                && isTrue(context.getWindowsOptions().getHostProcess())) {
            throw refused("is a host process", PRIVILEGED);
        }
        if (context.getSeccompProfile() != null
                && "Unconfined".equals(context.getSeccompProfile().getType())) {
            throw refused("asks for no seccomp profile", PRIVILEGED);
        }
    }

    private static final String PRIVILEGED = "set security.privileged of the cluster to allow it";

    private void container(Container container) throws RefusedException {
        String name = "container '" + container.getName() + "' ";
        if (container.getPorts().stream().anyMatch(port -> port.getHostPort() != null && port.getHostPort() != 0)) {
            throw refused(name + "opens a port of the node", PRIVILEGED);
        }
        SecurityContext context = container.getSecurityContext();
        if (context == null) {
            return;
        }
        if (isTrue(context.getPrivileged()) || isTrue(context.getAllowPrivilegeEscalation())) {
            throw refused(name + "is privileged, or lets its programs become so", PRIVILEGED);
        }
        Capabilities capabilities = context.getCapabilities();
        if (capabilities != null && !capabilities.getAdd().isEmpty()) {
            throw refused(name + "adds capabilities " + capabilities.getAdd(), PRIVILEGED);
        }
        if (context.getProcMount() != null && !"Default".equals(context.getProcMount())) {
            throw refused(name + "asks for an open /proc", PRIVILEGED);
        }
        boolean hostProcess = context.getWindowsOptions() != null
                && isTrue(context.getWindowsOptions().getHostProcess());
        boolean unconfined = context.getSeccompProfile() != null
                && "Unconfined".equals(context.getSeccompProfile().getType());
        if (hostProcess || unconfined) {
            throw refused(name + "leaves what confines it", PRIVILEGED);
        }
    }

    private void volume(Volume volume) throws RefusedException {
        if (volume.getHostPath() != null) {
            hostPath(volume.getHostPath().getPath());
            return;
        }
        boolean known = volume.getEmptyDir() != null
                || volume.getConfigMap() != null
                || volume.getSecret() != null
                || volume.getPersistentVolumeClaim() != null
                || volume.getDownwardAPI() != null
                || volume.getEphemeral() != null
                || volume.getProjected() != null;
        if (!known) {
            throw refused(
                    "has volume '" + volume.getName() + "' of a kind that is not allowed",
                    "use a persistent volume claim, ConfigMap, Secret, emptyDir, ephemeral, downwardAPI or projected"
                            + " volume");
        }
        boolean token = volume.getProjected() != null
                && volume.getProjected().getSources().stream()
                        .anyMatch(source -> source.getServiceAccountToken() != null);
        if (token && pod.getServiceAccountName() == null) {
            throw refused("asks for a token of the cluster in volume '" + volume.getName() + "'", "name an account");
        }
    }

    private void hostPath(String path) throws RefusedException {
        Path wanted = Path.of(path).normalize();
        boolean allowedPath = wanted.isAbsolute()
                && allowed.hostPaths().stream()
                        .anyMatch(root -> wanted.startsWith(Path.of(root).normalize()));
        if (!allowedPath) {
            throw refused(
                    "mounts the node's folder " + path,
                    "name it under security.host_paths of the cluster to allow it, or use a persistent volume claim");
        }
    }

    private static boolean isTrue(Boolean value) {
        return Boolean.TRUE.equals(value);
    }

    private static RefusedException refused(String what, String remedy) {
        return RefusedException.user("the step's pod " + what + ", which this cluster does not allow: " + remedy);
    }
}
