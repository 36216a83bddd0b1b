package io.tidegate.executor.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** One connection on which a log comes in. Nothing waits for it: each piece is written as it arrives. */
final class LogTransfer {
    private static final int LONGEST_ERROR = 4096;

    private final OutputStream target;
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();
    private final AtomicReference<AsyncBody> body = new AtomicReference<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    // Pieces may arrive before the code of the answer is known here.
    private final CompletableFuture<Boolean> successful = new CompletableFuture<>();

    LogTransfer(OutputStream target) {
        this.target = target;
    }

    void receive(List<ByteBuffer> pieces, AsyncBody from) throws IOException {
        for (ByteBuffer piece : pieces) {
            byte[] bytes = new byte[piece.remaining()];
            piece.get(bytes);
            if (successful.getNow(false)) {
                target.write(bytes, 0, bytes.length);
            } else if (error.size() < LONGEST_ERROR) {
                error.write(bytes, 0, bytes.length);
            }
        }
        from.consume();
    }

    CompletableFuture<Void> run(CompletableFuture<HttpResponse<AsyncBody>> answer) {
        var unused = answer.whenComplete((response, failure) -> {
            if (failure != null) {
                finish(failure);
            } else {
                begin(response);
            }
        });
        var unusedToo = done.whenComplete((nothing, failure) -> {
            if (failure instanceof CancellationException) {
                close();
                AsyncBody open = body.get();
                if (open != null) {
                    open.cancel();
                }
                answer.cancel(true);
            }
        });
        return done;
    }

    private void begin(HttpResponse<AsyncBody> response) {
        successful.complete(response.isSuccessful());
        body.set(response.body());
        var unused = response.body().done().whenComplete((nothing, failure) -> {
            if (failure != null) {
                finish(failure);
            } else if (response.isSuccessful()) {
                close();
                done.complete(null);
            } else {
                finish(new KubernetesClientException(error.toString(StandardCharsets.UTF_8), response.code(), null));
            }
        });
        if (done.isCancelled()) {
            response.body().cancel();
        } else {
            response.body().consume();
        }
    }

    private void finish(Throwable failure) {
        close();
        done.completeExceptionally(failure);
    }

    private void close() {
        try {
            target.close();
        } catch (IOException unwritable) {
            done.completeExceptionally(unwritable);
        }
    }
}
