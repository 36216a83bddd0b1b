package io.tidegate.executor.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.LaunchResult;
import java.net.HttpURLConnection;

/** What a cluster's refusal to make a Job means. */
final class CreateFailures {
    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY_REQUESTS = 429;

    private CreateFailures() {}

    /** @param where the cluster and its namespace, for the message */
    static LaunchResult of(KubernetesClientException failure, String where) {
        String message = message(failure);
        switch (failure.getCode()) {
            case HttpURLConnection.HTTP_BAD_REQUEST, UNPROCESSABLE, HttpURLConnection.HTTP_ENTITY_TOO_LARGE:
                return rejected(FailureKind.USER, where + " does not accept the Job: " + message);
            case HttpURLConnection.HTTP_UNAUTHORIZED:
                return rejected(FailureKind.PLATFORM, where + " does not know this server's credentials: " + message);
            case HttpURLConnection.HTTP_FORBIDDEN:
                return forbidden(message, where);
            case HttpURLConnection.HTTP_NOT_FOUND:
                return rejected(FailureKind.PLATFORM, where + " does not exist: " + message);
            case TOO_MANY_REQUESTS:
                return rejected(FailureKind.PLATFORM, where + " asks for fewer requests: " + message);
            default:
                return new LaunchResult.Unknown(where + " did not say whether it made the Job: " + message);
        }
    }

    private static LaunchResult forbidden(String message, String where) {
        if (message.contains("exceeded quota")) {
            return rejected(FailureKind.PLATFORM, "the quota of " + where + " has no room for the Job: " + message);
        }
        if (message.contains("being terminated")) {
            return rejected(FailureKind.PLATFORM, where + " is being deleted: " + message);
        }
        if (message.contains("denied the request") || message.contains("violates PodSecurity")) {
            return rejected(FailureKind.USER, where + " does not admit the Job: " + message);
        }
        return rejected(
                FailureKind.PLATFORM,
                "this server may not make Jobs in " + where + "; give its account the rights of"
                        + " deploy/kubernetes/rbac.yaml: " + message);
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
