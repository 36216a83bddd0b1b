package io.tidegate.storage.hadoop;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kerby.kerberos.kerb.KrbException;
import org.apache.kerby.kerberos.kerb.server.KdcConfigKey;
import org.apache.kerby.kerberos.kerb.server.SimpleKdcServer;

/** A real key distribution centre in this process. The virtual machine it runs in knows no other. */
final class KeyDistribution implements AutoCloseable {
    static final String REALM = "TIDEGATE.TEST";

    private final SimpleKdcServer server;
    private final Path folder;

    private KeyDistribution(SimpleKdcServer server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    /**
     * Starts one.
     *
     * @param lifetime how long its tickets last
     */
    static KeyDistribution start(Path folder, Duration lifetime) throws Exception {
        SimpleKdcServer server = new SimpleKdcServer();
        int port = freePort();
        server.setWorkDir(folder.toFile());
        server.setKdcHost("localhost");
        server.setKdcRealm(REALM);
        server.setAllowUdp(false);
        server.setKdcTcpPort(port);
        server.getKdcConfig().setLong(KdcConfigKey.MAXIMUM_TICKET_LIFETIME, lifetime.toSeconds());
        server.getKdcConfig().setLong(KdcConfigKey.MINIMUM_TICKET_LIFETIME, 0L);
        Path file = folder.resolve("krb5.conf");
        Files.writeString(file, """
                [libdefaults]
                    default_realm = %s
                    udp_preference_limit = 1
                    dns_lookup_kdc = false
                    dns_lookup_realm = false
                [realms]
                    %s = { kdc = localhost:%d }
                """.formatted(REALM, REALM, port));
        System.setProperty("java.security.krb5.conf", file.toString());
        server.init();
        server.start();
        return new KeyDistribution(server, folder);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Makes principals, and a keytab for them. */
    Path keytab(String name, String... principals) throws KrbException {
        Path keytab = folder.resolve(name + ".keytab");
        for (String principal : principals) {
            server.createPrincipals(principal);
            server.exportPrincipal(principal, keytab.toFile());
        }
        return keytab;
    }

    @Override
    public void close() throws KrbException {
        server.stop();
    }
}
