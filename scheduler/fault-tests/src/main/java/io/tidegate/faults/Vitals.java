package io.tidegate.faults;

import com.sun.management.UnixOperatingSystemMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What a server on this machine takes of it, asked of its JVM. Used by one thread at a time. */
final class Vitals implements AutoCloseable {
    private final JMXConnector connector;
    private final MemoryMXBean memory;
    private final ThreadMXBean threads;
    private final UnixOperatingSystemMXBean system;

    /**
     * @param heapBytes what is left in the heap after a collection
     */
    record Sample(long heapBytes, long threads, long descriptors) {}

    private Vitals(JMXConnector connector, MBeanServerConnection beans) throws IOException {
        this.connector = connector;
        memory = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        threads = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        system = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME, UnixOperatingSystemMXBean.class);
    }

    /** Attaches to a JVM, which costs it a few threads and descriptors. */
    static Vitals of(long processId) throws IOException {
        JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(agentOf(processId)));
        return new Vitals(connector, connector.getMBeanServerConnection());
    }

    private static String agentOf(long processId) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(processId));
            try {
                return machine.startLocalManagementAgent();
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException problem) {
            throw new IOException("process " + processId + " cannot be asked what it takes", problem);
        }
    }

    /** Collects its garbage, and looks. */
    Sample take() {
        memory.gc();
        return new Sample(
                memory.getHeapMemoryUsage().getUsed(), threads.getThreadCount(), system.getOpenFileDescriptorCount());
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
