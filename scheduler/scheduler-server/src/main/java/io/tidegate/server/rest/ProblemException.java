package io.tidegate.server.rest;

import java.util.List;

/** A request that cannot be served, told as a problem detail (RFC 9457). */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final List<String> errors;

    private ProblemException(int status, String title, String detail, List<String> errors) {
        super(detail);
        this.status = status;
        this.title = title;
        this.errors = List.copyOf(errors);
    }

    static ProblemException notFound(String detail) {
        return new ProblemException(404, "Not found", detail, List.of());
    }

    static ProblemException badRequest(String detail) {
        return new ProblemException(400, "Bad request", detail, List.of());
    }

    static ProblemException badRequest(String detail, List<String> errors) {
        return new ProblemException(400, "Bad request", detail, errors);
    }

    static ProblemException conflict(String detail) {
        return new ProblemException(409, "Conflict", detail, List.of());
    }

    static ProblemException unauthorized(String detail) {
        return new ProblemException(401, "Unauthorized", detail, List.of());
    }

    static ProblemException tooLarge(String detail) {
        return new ProblemException(413, "Content too large", detail, List.of());
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    List<String> errors() {
        return errors;
    }
}
