package io.tidegate.executor.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.kubernetes.manifest.ResourceKind;
import java.net.HttpURLConnection;

/** What a cluster's refusal to make an object means. */
final class CreateFailures {
    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY_REQUESTS = 429;

    private CreateFailures() {}

    /**
     * @param where the cluster and its namespace, for the message
     * @param kind what was to be made
     */
    static LaunchResult of(KubernetesClientException failure, String where, ResourceKind kind) {
        String what = "the " + kind.kind();
        String message = message(failure);
        switch (failure.getCode()) {
            case HttpURLConnection.HTTP_BAD_REQUEST, UNPROCESSABLE, HttpURLConnection.HTTP_ENTITY_TOO_LARGE:
                return rejected(FailureKind.USER, where + " does not accept " + what + ": " + message);
            case HttpURLConnection.HTTP_UNAUTHORIZED:
                return rejected(FailureKind.PLATFORM, where + " does not know this server's credentials: " + message);
            case HttpURLConnection.HTTP_FORBIDDEN:
                return forbidden(message, where, kind);
            case HttpURLConnection.HTTP_NOT_FOUND:
                return rejected(FailureKind.PLATFORM, where + " does not exist: " + message);
            case TOO_MANY_REQUESTS:
                return rejected(FailureKind.PLATFORM, where + " asks for fewer requests: " + message);
            default:
                return new LaunchResult.Unknown(where + " did not say whether it made " + what + ": " + message);
        }
    }

    private static LaunchResult forbidden(String message, String where, ResourceKind kind) {
        String what = "the " + kind.kind();
        if (message.contains("exceeded quota")) {
            return rejected(
                    FailureKind.PLATFORM, "the quota of " + where + " has no room for " + what + ": " + message);
        }
        if (message.contains("being terminated")) {
            return rejected(FailureKind.PLATFORM, where + " is being deleted: " + message);
        }
        if (message.contains("denied the request") || message.contains("violates PodSecurity")) {
            return rejected(FailureKind.USER, where + " does not admit " + what + ": " + message);
        }
        return rejected(
                FailureKind.PLATFORM,
                "this server may not make " + kind.qualified() + " in " + where + "; give its account the rights of"
                        + " deploy/kubernetes/" + (kind.isJob() ? "rbac.yaml: " : "rbac-resources.yaml: ") + message);
    }

    private static LaunchResult rejected(FailureKind kind, String message) {
        return new LaunchResult.Rejected(kind, message);
    }

    static String message(KubernetesClientException failure) {
        boolean told = failure.getStatus() != null && failure.getStatus().getMessage() != null;
        if (told) {
            return failure.getStatus().getMessage();
        }
        Throwable cause = failure.getCause();
        return failure.getMessage() + (cause == null ? "" : " (" + cause + ")");
    }
}
