package io.tidegate.server.stream;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Hands events to everyone who listens (WHATWG HTML, server-sent events). Telling never blocks and never fails: a listener that went away is
 * forgotten. Events are hints to look again, not data, so that one which is lost costs nothing but time. Thread-safe.
 */
public final class EventHub {
    /** Most listeners at once; further ones are turned away and poll. */
    public static final int MOST_LISTENERS = 200;

    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final AtomicLong told = new AtomicLong();
    private final AtomicReference<Sse> sse = new AtomicReference<>();

    private record Listener(SseEventSink sink, Optional<String> run) {}

    /**
     * Adds a listener.
     *
     * @param run only events of this run are wanted, when it is given
     * @return false when there are too many already
     */
    boolean add(Sse factory, SseEventSink sink, Optional<String> run) {
        if (listeners.size() >= MOST_LISTENERS) {
            return false;
        }
        sse.compareAndSet(null, factory);
        listeners.add(new Listener(sink, run));
        return true;
    }

    public int listeners() {
        return listeners.size();
    }

    /** How many events there were, with and without listeners: whoever keeps an answer sees whether it may be out of date. */
    public long told() {
        return told.get();
    }

    /** Tells everyone. */
    public void tell(String name, Map<String, Object> data) {
        told.incrementAndGet();
        Sse factory = sse.get();
        if (factory == null) {
            return;
        }
        OutboundSseEvent event = factory.newEventBuilder()
                .name(name)
                .mediaType(jakarta.ws.rs.core.MediaType.APPLICATION_JSON_TYPE)
                .data(Map.class, data)
                .build();
        Object run = data.get("run");
        for (Listener listener : listeners) {
            if (listener.run().isEmpty() || run == null || listener.run().get().equals(run)) {
                send(listener, event);
            }
        }
    }

    /** Sends a comment to everyone, so that dead connections are noticed and living ones are kept. */
    public void heartbeat() {
        Sse factory = sse.get();
        if (factory != null) {
            OutboundSseEvent comment =
                    factory.newEventBuilder().comment("still here").build();
            listeners.forEach(listener -> send(listener, comment));
        }
    }

    private void send(Listener listener, OutboundSseEvent event) {
        if (listener.sink().isClosed()) {
            listeners.remove(listener);
            return;
        }
        listener.sink().send(event).whenComplete((done, problem) -> {
            if (problem != null) {
                listeners.remove(listener);
            }
        });
    }
}
