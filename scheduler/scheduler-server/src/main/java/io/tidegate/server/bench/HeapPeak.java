package io.tidegate.server.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How much heap was in use after collections: what a server needs, not what it was given. */
final class HeapPeak {
    private static final double MEBIBYTE = 1 << 20;

    private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();

    private HeapPeak() {}

    static HeapPeak begin() {
        HeapPeak peak = new HeapPeak();
        peak.pools.forEach(MemoryPoolMXBean::resetPeakUsage);
        return peak;
    }

    /** The most that was in use since the beginning, garbage included. */
    double mebibytes() {
        return sum(MemoryPoolMXBean::getPeakUsage) / MEBIBYTE;
    }

    /** Bytes in use after a collection. */
    static double liveBytes() {
        System.gc();
        System.gc();
        return new HeapPeak().sum(MemoryPoolMXBean::getUsage);
    }

    private double sum(Function<MemoryPoolMXBean, MemoryUsage> usage) {
        return pools.stream()
                .map(usage)
                .flatMap(found -> Optional.ofNullable(found).stream())
                .mapToLong(MemoryUsage::getUsed)
                .sum();
    }
}
