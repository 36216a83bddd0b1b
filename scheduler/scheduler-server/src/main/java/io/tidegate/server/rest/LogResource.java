package io.tidegate.server.rest;

import io.tidegate.dag.step.StepId;
import io.tidegate.executor.AttemptOutput;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.view.RunQueries;
import io.tidegate.scheduler.view.RunViews;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;

/** Logs of attempts, a stretch at a time. */
@Path("/runs/{run}/steps/{step}/attempts/{attempt}/log")
@Produces(MediaType.APPLICATION_JSON)
public final class LogResource {
    private static final int MOST_BYTES = 1 << 20;
    private static final int USUAL_BYTES = 1 << 16;
    private static final int LONGEST_CHARACTER = 4;

    private final RunQueries queries;
    private final BiFunction<String, LaunchKey, AttemptOutput> outputs;

    /**
     * @param outputs gives the output of an attempt by its executor's name and launch key
     */
    LogResource(RunQueries queries, BiFunction<String, LaunchKey, AttemptOutput> outputs) {
        this.queries = queries;
        this.outputs = outputs;
    }

    /**
     * @param text the stretch as text; bytes that are not UTF-8 are shown as replacement characters
     * @param nextOffset where the following stretch begins
     * @param size bytes of log there are so far
     * @param ended whether the attempt has ended, so that no more will come once {@code nextOffset} reaches {@code size}
     */
    public record LogChunk(String text, long offset, long nextOffset, long size, boolean ended) {}

    @GET
    public LogChunk read(
            @PathParam("run") String run,
            @PathParam("step") String step,
            @PathParam("attempt") int number,
            @QueryParam("offset") long offset,
            @QueryParam("limit") Integer limit)
            throws IOException {
        RunViews.AttemptView attempt = attempt(Requests.run(run), Requests.step(step), number);
        boolean ended = attempt.state().isTerminal();
        AttemptOutput output = outputs.apply(attempt.executor(), new LaunchKey(attempt.launchKey()));
        long size = output.logSize();
        long start = Math.min(size, offset < 0 ? Math.max(0, size + offset) : offset);
        int most = limit == null ? USUAL_BYTES : Math.max(LONGEST_CHARACTER, Math.min(limit, MOST_BYTES));
        byte[] bytes = output.readLog(start, most);
        int usable = ended && start + bytes.length >= size ? bytes.length : wholeCharacters(bytes);
        return new LogChunk(new String(bytes, 0, usable, StandardCharsets.UTF_8), start, start + usable, size, ended);
    }

    private RunViews.AttemptView attempt(RunId run, StepId step, int number) {
        return queries.attempts(run, step).stream()
                .filter(attempt -> attempt.number() == number)
                .findFirst()
                .orElseThrow(() ->
                        ProblemException.notFound("step " + step + " of run " + run + " has no attempt " + number));
    }

    /** Leaves out a character that is cut at the end, so that it comes whole with the next stretch. */
    private static int wholeCharacters(byte[] bytes) {
        int end = bytes.length;
        for (int back = 1; back <= Math.min(LONGEST_CHARACTER - 1, end); back++) {
            int value = bytes[end - back] & 0xff;
            if (value >= 0xc0) {
                int length = value >= 0xf0 ? 4 : value >= 0xe0 ? 3 : 2;
                return length > back ? end - back : end;
            }
            if (value < 0x80) {
                return end;
            }
        }
        return end;
    }
}
