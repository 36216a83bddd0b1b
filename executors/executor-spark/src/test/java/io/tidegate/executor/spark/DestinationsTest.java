package io.tidegate.executor.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.dag.step.SparkTarget;
import io.tidegate.dag.step.SparkTarget.DeployMode;
import io.tidegate.executor.InstallationId;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DestinationsTest {
    private static final SparkHome OLDER = new SparkHome(Path.of("/opt/spark-3.5"));

    private final Destinations destinations = new Destinations(
            new SparkSettings(new SparkHome(Path.of("/opt/spark-4.1")), Path.of("/cache"), SparkSettings.Archives.NEVER)
                    .withProfiles(Map.of(
                            "yarn-prod",
                            new SparkProfile(
                                    "yarn-prod",
                                    OLDER,
                                    Map.of("HADOOP_CONF_DIR", "/etc/hadoop"),
                                    Optional.of("yarn"),
                                    Optional.empty(),
                                    Optional.of("http://history:18080")))),
            new InstallationId("ours"));

    @ParameterizedTest
    @CsvSource({"local[2],false", "spark://host:7077,false", "yarn,true", "k8s://https://host:6443,true"})
    void theMasterDecidesWhereTheDriverRuns(String master, boolean inCluster) {
        Destination destination = destinations.of(SparkTarget.of(master));

        assertThat(destination.inCluster()).isEqualTo(inCluster);
        assertThat(destination.master()).isEqualTo(master);
    }

    @Test
    void aProfileBringsItsSparkAndItsMaster() {
        Destination own = destinations.of(SparkTarget.of("local[2]").withProfile("yarn-prod"));
        SparkTarget open = new SparkTarget(
                Optional.of("yarn-prod"), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(destinations.of(open).profile().home()).isEqualTo(OLDER);
        assertThat(destinations.of(open).master()).isEqualTo("yarn");
        assertThat(own.isLocal()).isTrue();
        assertThat(own.profile().home()).isEqualTo(OLDER);
    }

    @Test
    void whatDoesNotExistIsRefusedByName() {
        assertThatThrownBy(() -> destinations.of(SparkTarget.of("local").withProfile("nowhere")))
                .hasMessage("the server's configuration has no Spark profile 'nowhere'; it has yarn-prod");
        assertThatThrownBy(() -> destinations.of(SparkTarget.of("local").withDeployMode(DeployMode.CLUSTER)))
                .hasMessageContaining("no cluster");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mesos://host:5050", "cluster"})
    void aMasterOfAnotherKindIsRefused(String master) {
        assertThatThrownBy(() -> destinations.of(SparkTarget.of(master))).hasMessageContaining("is no Spark master");
    }
}
