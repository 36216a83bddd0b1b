package io.tidegate.executor.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What quotas of a namespace allow. */
final class QuotaTest extends FakeClusterFixture {
    private static final Optional<String> USUAL = Optional.empty();

    private void quota(String name, Map<String, String> hard) {
        ObjectNode quota = FakeObjects.JSON.createObjectNode();
        quota.put("apiVersion", "v1").put("kind", "ResourceQuota");
        quota.putObject("metadata").put("name", name).put("namespace", FakeCluster.NAMESPACE);
        hard.forEach(quota.putObject("spec").putObject("hard")::put);
        cluster.objects.create("resourcequotas", quota);
    }

    @Test
    void theTightestQuotaCountsInWholeUnits() {
        quota("jobs", Map.of("count/jobs.batch", "12", "requests.cpu", "3500m"));
        quota("gpus", Map.of("requests.nvidia.com/gpu", "2", "count/jobs.batch", "20"));

        assertThat(executor.quota(USUAL, USUAL, "count/jobs.batch")).hasValue(12);
        assertThat(executor.quota(Optional.of("main"), Optional.of(FakeCluster.NAMESPACE), "requests.nvidia.com/gpu"))
                .hasValue(2);
        assertThat(executor.quota(USUAL, USUAL, "requests.cpu")).hasValue(3);
        assertThat(executor.quota(USUAL, USUAL, "requests.memory")).isEmpty();
    }

    @Test
    void whatIsNotToldIsNotGuessed() {
        assertThatThrownBy(() -> executor.quota(Optional.of("other"), USUAL, "count/jobs.batch"))
                .hasMessage("this server knows no cluster 'other'; it knows [main]");
        cluster.api.fail(FakeApi.Fault.refusal("GET", "resourcequotas", 1, 403, Map.of()));
        assertThatThrownBy(() -> executor.quota(USUAL, USUAL, "count/jobs.batch"))
                .hasMessageContaining("cluster 'main' does not tell the quotas of namespace jobs");
    }
}
