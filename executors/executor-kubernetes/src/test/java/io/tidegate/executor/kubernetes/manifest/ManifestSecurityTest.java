package io.tidegate.executor.kubernetes.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.executor.kubernetes.settings.ClusterSettings.Security;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Security rules reach the pods of a manifest wherever its operator puts them. */
final class ManifestSecurityTest {
    private static Map<String, Object> json(String text) throws IOException {
        return new ObjectMapper().readValue(text.replace('\'', '"'), new TypeReference<>() {});
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'spec': {'a': [{'template': {'spec': {'containers': [{'securityContext': {'privileged': true}}]}}}]}} | spec.a[0].template.spec.containers[0].securityContext.privileged
            {'spec': {'driver': {'securityContext': {'allowPrivilegeEscalation': true}}}}  | allowPrivilegeEscalation
            {'spec': {'driver': {'hostNetwork': true}}}                                    | spec.driver.hostNetwork
            {'spec': {'predictor': {'hostPID': 'true'}}}                                   | hostPID
            {'spec': {'volumes': [{'name': 'a', 'hostPath': {'path': '/etc'}}]}}           | the node's folder /etc
            {'spec': {'volumes': [{'name': 'a', 'hostPath': {'path': '/mnt/flights/../x'}}]}} | the node's folder
            {'spec': {'volumes': [{'name': 'a', 'nfs': {'server': 'x'}}]}}                 | of a kind that is not allowed
            {'spec': {'driver': {'serviceAccount': 'admin'}}}                              | the service account 'admin'
            {'spec': {'predictor': {'serviceAccountName': 'admin'}}}                       | the service account 'admin'
            {'spec': {'sparkConf': {'spark.kubernetes.authenticate.driver.serviceAccountName': 'admin'}}} | the service account 'admin'
            {'spec': {'sparkConf': {'spark.kubernetes.driver.volumes.hostPath.a.mount.path': '/a'}}} | the node's folder
            {'spec': {'sparkConf': {'spark.kubernetes.driver.podTemplateFile': 'x.yaml'}}} | a pod template that nobody looks at
            {'spec': {'c': {'securityContext': {'capabilities': {'add': ['SYS_ADMIN']}}}}} | capabilities
            {'spec': {'c': {'ports': [{'hostPort': 80}]}}}                                 | hostPort
            {'spec': {'c': {'seccompProfile': {'type': 'Unconfined'}}}}                    | seccompProfile
            {'spec': {'ephemeralContainers': [{'name': 'a'}]}}                             | ephemeral containers
            """)
    void whatIsNotAllowedIsRefusedWithItsPlace(String manifest, String message) throws IOException {
        Map<String, Object> fields = json(manifest);
        assertThatThrownBy(() -> new ManifestSecurity(new Security(Set.of("reader"), List.of("/mnt/flights"), false))
                        .enforce(fields))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(message);
    }

    @Test
    void whatTheOperatorAllowsPasses() throws Exception {
        Map<String, Object> fields =
                json("{'spec': {'template': {'spec': {'serviceAccountName': 'reader', 'hostNetwork': true,"
                        + " 'containers': [{'securityContext': {'privileged': true}}],"
                        + " 'volumes': [{'name': 'a', 'hostPath': {'path': '/mnt/flights/2001'}}]}}}}");

        assertThat(new ManifestSecurity(new Security(Set.of("reader"), List.of("/mnt/flights"), true)).enforce(fields))
                .isEqualTo(fields);
    }

    @Test
    void podsWithoutAnAccountHaveNoCredentialsOfTheCluster() throws Exception {
        Map<String, Object> fields = json("{'spec': {'containers': [{'name': 'a'}]}}");

        assertThat(new ManifestSecurity(Security.STRICT).enforce(fields))
                .isEqualTo(json("{'spec': {'containers': [{'name': 'a'}], 'automountServiceAccountToken': false}}"));
    }
}
