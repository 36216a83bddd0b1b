package io.tidegate.executor.spark.kubernetes;

import io.tidegate.executor.spark.cluster.Pages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Requests to one API server, with the credentials of one kubeconfig. */
final class ApiServer {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final char[] NO_PASSWORD = {};

    private final Kubeconfig kubeconfig;
    private final Pages pages;

    /** @throws IOException when the credentials cannot be used */
    ApiServer(Kubeconfig kubeconfig) throws IOException {
        this.kubeconfig = kubeconfig;
        HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(PATIENCE);
        if (kubeconfig.authority().isPresent() || kubeconfig.certificate().isPresent()) {
            client.sslContext(context(kubeconfig));
        }
        this.pages = new Pages(client.build());
    }

    Pages pages() {
        return pages;
    }

    String namespace() {
        return kubeconfig.namespace();
    }

    /** @param path below the namespace, for example {@code pods?limit=1} */
    HttpRequest.Builder request(String path) throws IOException {
        return requestTo(server() + "/api/v1/namespaces/" + kubeconfig.namespace() + "/" + path);
    }

    private String server() {
        return kubeconfig.server().replaceAll("/+$", "");
    }

    /**
     * @param address a whole address of this server
     * @throws IOException when it is one of another server, which is to get no credentials
     */
    HttpRequest.Builder requestTo(String address) throws IOException {
        if (!address.startsWith(server() + "/")) {
            throw new IOException(address + " is not below " + server());
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(Pages.uri(address));
        kubeconfig.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request;
    }

    private static SSLContext context(Kubeconfig kubeconfig) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    kubeconfig.certificate().isPresent() ? keys(kubeconfig).getKeyManagers() : null,
                    kubeconfig.authority().isPresent()
                            ? trust(kubeconfig.authority().get()).getTrustManagers()
                            : null,
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the credentials for Kubernetes cannot be used: " + e.getMessage(), e);
        }
    }

    private static TrustManagerFactory trust(String authority) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        int number = 0;
        for (Certificate certificate : certificates(authority)) {
            store.setCertificateEntry("authority-" + number++, certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    private static KeyManagerFactory keys(Kubeconfig kubeconfig) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        store.setKeyEntry(
                "client",
                PrivateKeys.read(kubeconfig.key().orElse("")),
                NO_PASSWORD,
                certificates(kubeconfig.certificate().orElseThrow()).toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static Collection<? extends Certificate> certificates(String pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }
}
