package io.tidegate.server.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** Takes whatever JSON is posted to it. */
public final class Receiver implements AutoCloseable {
    private static final int TAKEN = 204;
    private static final int BUSY = 503;

    private volatile boolean refusing;
    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final Server jetty = new Server(new InetSocketAddress("127.0.0.1", 0));

    /** A receiver that is ready. */
    public static Receiver started() {
        Receiver receiver = new Receiver();
        try {
            receiver.jetty.setHandler(receiver.new Taking());
            receiver.jetty.start();
            return receiver;
        } catch (Exception problem) {
            throw new IllegalStateException(problem);
        }
    }

    public String address() {
        return "http://127.0.0.1:" + ((ServerConnector) jetty.getConnectors()[0]).getLocalPort() + "/";
    }

    /** Answers from now on that it is busy, or takes things again. */
    public void refuse(boolean refuses) {
        refusing = refuses;
    }

    public List<JsonNode> received() {
        return List.copyOf(received);
    }

    @Override
    public void close() throws Exception {
        jetty.stop();
    }

    private final class Taking extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            JsonNode body = new ObjectMapper().readTree(Content.Source.asString(request));
            if (refusing) {
                response.setStatus(BUSY);
            } else {
                received.add(body);
                response.setStatus(TAKEN);
            }
            callback.succeeded();
            return true;
        }
    }
}
