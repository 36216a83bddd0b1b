package io.tidegate.steps.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepSpecificationTest {
    private static StepSpecification parse(String json) {
        return StepSpecification.parse(json.replace('\'', '"'));
    }

    @Test
    void readsWhatTheSchedulerWrites() {
        StepSpecification specification = parse("""
                {'dag':'late-arrivals','dag_version':'ab','run_id':'r1','step':'refit','kind':'refit','attempt':2,'launch_key':'k-2',
                 'dag_folder':'/dags','home':'/home/data','interval':{'start':'2001-01-01T00:00:00-05:00','end':'2001-01-08T00:00:00-05:00'},
                 'params':{'late_minutes':15,'share':0.5,'on':true,'word':'x'},
                 'inputs':[{'dataset':'features','data_class':'deterministic','format':'parquet','partitions':[
                   {'partition':'2000-12-25','uri':'/f/0','offset':-1},{'partition':'2001-01-01','uri':'/f/1','offset':0,'fingerprint':'sha256:1'}]}],
                 'outputs':[{'dataset':'scores','data_class':'algorithmic','format':'parquet','partition':'2001-01-01','uri':'/s'}],
                 'train':'a.B','metrics':['auc'],'holdout':'P2D','rules':'rules/x.yaml','quality':{'rejected_share':'<= 2 %'},
                 'model':{'name':'m','target':'/m','bundle':'/m/versions/k-2','champion':{'version':3,'bundle':'/m/versions/k-1'}}}
                """);
        assertThat(specification.attempt()).isEqualTo(2);
        assertThat(specification.interval().firstDay()).isEqualTo(LocalDate.of(2001, 1, 1));
        assertThat(specification.interval().endDay()).isEqualTo(LocalDate.of(2001, 1, 8));
        assertThat(specification.parameters())
                .containsEntry("late_minutes", 15L)
                .containsEntry("share", 0.5)
                .containsEntry("on", true);
        assertThat(specification.inputs().get(0).partitions())
                .extracting(InputDataset.Partition::fingerprint)
                .containsExactly(Optional.empty(), Optional.of("sha256:1"));
        assertThat(specification.outputs().get(0).uri()).isEqualTo("/s");
        assertThat(specification.holdout()).isEqualTo(Duration.ofDays(2));
        assertThat(specification.rules()).isEqualTo(Path.of("/dags/rules/x.yaml"));
        assertThat(specification.quality()).singleElement().matches(bound -> bound.holds(0.02) && !bound.holds(0.021));
        assertThat(specification.model().champion()).contains(new ModelReference.Champion(3, "/m/versions/k-1"));
        assertThat(specification.metrics()).isEqualTo(List.of("auc"));
    }

    @Test
    void saysWhatIsMissingOrWrong() {
        assertThatThrownBy(() -> parse("{}").step()).hasMessageContaining("has no field 'step'");
        assertThatThrownBy(() -> parse("[1]")).hasMessageContaining("is not a JSON object");
        assertThatThrownBy(() -> parse("{'a'")).hasMessageContaining("is not JSON");
        assertThatThrownBy(() -> parse("{'step':'ingest'}").source())
                .hasMessageContaining("needs 'source: { uri, format, time_column }'");
        assertThatThrownBy(() -> parse("{'holdout':'2d'}").holdout())
                .hasMessageContaining("not an ISO-8601 duration such as P2D");
        assertThatThrownBy(() -> parse("{'quality':{'x':'about 2'}}").quality())
                .hasMessageContaining("'x: about 2' is not a comparison");
        assertThatThrownBy(() -> StepSpecification.read(Path.of("/nowhere.json")))
                .hasMessageContaining("/nowhere.json cannot be read");
    }
}
