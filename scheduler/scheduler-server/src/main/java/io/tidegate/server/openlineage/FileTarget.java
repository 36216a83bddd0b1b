package io.tidegate.server.openlineage;

import io.tidegate.scheduler.alerts.delivery.DeliveryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Appends events to a file, one on each line. The file may be moved away at any time; the next event starts a new one.
 */
record FileTarget(Path file) implements LineageTarget {
    @Override
    public void send(String json) throws DeliveryException {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            append(json);
        } catch (IOException e) {
            throw DeliveryException.temporary("cannot append to " + file + ": " + e.getMessage(), e);
        }
    }

    private void append(String json) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = channel.size();
            // A full disk may have cut the last line short: it must not swallow this one.
            String gap = end > 0 && !endsLine(channel, end) ? "\n" : "";
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(gap + json + "\n");
            channel.position(end);
            while (bytes.hasRemaining()) {
                int ignored = channel.write(bytes);
            }
        }
    }

    private static boolean endsLine(FileChannel channel, long end) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return channel.read(last, end - 1) == 1 && last.get(0) == '\n';
    }
}
