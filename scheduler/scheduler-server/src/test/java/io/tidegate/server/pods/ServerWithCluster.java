package io.tidegate.server.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.executor.kubernetes.RealCluster;
import io.tidegate.executor.kubernetes.Relay;
import io.tidegate.server.home.ServerFile;
import io.tidegate.server.testing.Api;
import io.tidegate.server.testing.Installed;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A server as it is installed, in a process of its own, that runs steps in a namespace of a real cluster. Pods reach it at the address that the
 * variable TIDEGATE_TEST_ADDRESS_FROM_PODS names, which must lead to that port of this machine's loopback interface; where it is not set, at an
 * address of this machine that is not loopback.
 */
final class ServerWithCluster implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration OTHER_TESTS = Duration.ofMinutes(15);
    private static final String ADDRESS = "TIDEGATE_TEST_ADDRESS_FROM_PODS";

    final RealCluster cluster = RealCluster.open();
    private final Path folder;
    private final int port;
    private final Relay door;
    private final String addressFromPods;
    private Process server;
    private int starts;

    ServerWithCluster(Path folder) throws IOException {
        this.folder = folder;
        this.port = freePort();
        InetSocketAddress target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        String told = System.getenv(ADDRESS);
        if (told == null || told.isBlank()) {
            InetAddress outer = outerAddress();
            door = Relay.open(outer, 0, target);
            addressFromPods = "http://" + outer.getHostAddress() + ":" + door.port();
        } else {
            door = openWhenFree(URI.create(told).getPort(), target);
            addressFromPods = told;
        }
        Files.createDirectories(folder.resolve("dags"));
    }

    /** Another test may have the port, in another virtual machine. */
    private static Relay openWhenFree(int port, InetSocketAddress target) {
        return Awaitility.await("port " + port + " is free")
                .atMost(OTHER_TESTS)
                .ignoreExceptionsMatching(failure -> failure.getCause() instanceof BindException)
                .until(() -> Relay.open(InetAddress.getLoopbackAddress(), port, target), Objects::nonNull);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static InetAddress outerAddress() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "this machine has no address that pods could reach; set " + ADDRESS + " to one"));
    }

    /**
     * Makes a claim of a folder of the node, which all pods share: a cluster with one node needs nothing more.
     *
     * @param claim what the claim is called
     */
    void share(String claim, Path nodeFolder) {
        cluster.apply("""
                apiVersion: v1
                kind: PersistentVolume
                metadata: { name: NAMESPACE }
                spec:
                  capacity: { storage: 1Gi }
                  accessModes: [ReadWriteMany]
                  # Where a cluster can, it empties what it made.
                  persistentVolumeReclaimPolicy: Delete
                  storageClassName: ""
                  claimRef: { namespace: NAMESPACE, name: CLAIM }
                  hostPath: { path: FOLDER, type: DirectoryOrCreate }
                ---
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: { name: CLAIM }
                spec:
                  accessModes: [ReadWriteMany]
                  storageClassName: ""
                  volumeName: NAMESPACE
                  resources: { requests: { storage: 1Gi } }
                """.replace("NAMESPACE", cluster.namespace())
                .replace("CLAIM", claim)
                .replace("FOLDER", nodeFolder.toString()));
    }

    /** Declares a DAG before the server is started, and gives its folder. */
    Path declare(String dag, String yaml) throws IOException {
        Path dagFolder = Files.createDirectories(folder.resolve("dags").resolve(dag));
        Files.writeString(dagFolder.resolve(dag + ".dag.yaml"), yaml);
        return dagFolder;
    }

    /**
     * Starts a server on the same home folder as the one before, and waits until it answers.
     *
     * @param configuration what its file says beside the cluster; first what it says of the cluster, six spaces deep
     */
    Api start(String configuration) throws IOException {
        starts++;
        Path said = folder.resolve("server-" + starts + ".out");
        String clusters = """
                kubernetes:
                  clusters:
                    test:
                      namespace: NAMESPACE
                      api_address: "ADDRESS"
                      timing: { grace: 1s }
                """.replace("NAMESPACE", cluster.namespace()).replace("ADDRESS", addressFromPods);
        Path file = Files.writeString(folder.resolve("tidegate.yaml"), clusters + configuration);
        server = new ProcessBuilder(Installed.command(
                        "up",
                        "--home",
                        home().toString(),
                        "--port",
                        String.valueOf(port),
                        "--config",
                        file.toString(),
                        "--dags",
                        folder.resolve("dags").toString()))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        Awaitility.await("the server answers")
                .atMost(START)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    assertThat(server.isAlive()).as(Files.readString(said)).isTrue();
                    return ServerFile.read(home())
                            .filter(running -> running.processId() == server.pid())
                            .isPresent();
                });
        Api api = Api.of(ServerFile.read(home()).orElseThrow().address());
        assertThat(api.get("/dags/problems").body().path("items")).isEmpty();
        return api;
    }

    Path home() {
        return folder.resolve("home");
    }

    /** How much of an attempt's log is here, in bytes. */
    long logSize(String launchKey) throws IOException {
        return Files.size(home().resolve("attempts").resolve(launchKey).resolve("log"));
    }

    void kill() throws InterruptedException {
        server.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws Exception {
        if (server != null) {
            server.destroy();
            if (!server.waitFor(20, TimeUnit.SECONDS)) {
                server.destroyForcibly().waitFor();
            }
        }
        door.close();
        cluster.close();
    }
}
