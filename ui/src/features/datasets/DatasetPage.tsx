import { getRouteApi, Link } from '@tanstack/react-router';
import type { DatasetDetail, Partition } from '@/api/types';
import { LineagePanel } from '@/features/lineage/LineagePanel';
import { Copy } from '@/shared/Copy';
import { bytes, count, plural, shortHash } from '@/shared/format';
import { ClassMark } from '@/shared/Marks';
import { Empty, Loaded } from '@/shared/Outcome';
import { PageHead } from '@/shared/PageHead';
import { Facts, Panel } from '@/shared/Panel';
import { Ago } from '@/shared/Time';
import { useTitle } from '@/shared/useTitle';
import { VirtualRows } from '@/shared/VirtualRows';
import classes from './Datasets.module.css';
import { useDataset } from './queries';

const route = getRouteApi('/datasets/$dag/$dataset');

export function DatasetPage() {
  const { dag, dataset } = route.useParams();
  const query = useDataset(dag, dataset);
  useTitle(dataset);
  return (
    <Loaded query={query} what="the dataset">
      {(detail) => <Room detail={detail} />}
    </Loaded>
  );
}

function Room({ detail }: { detail: DatasetDetail }) {
  const { summary, partitions } = detail;
  const { partition } = route.useSearch();
  const chosen = partitions.find((each) => each.partition === partition) ?? partitions[0];
  return (
    <>
      <PageHead
        title={
          <>
            {summary.dataset} <ClassMark dataClass={summary.data_class} />
          </>
        }
        about={summary.description}
      />
      <div className={classes.lineage}>
        {chosen && (
          <LineagePanel
            node={`dataset:${summary.dag}/${summary.dataset}@${chosen.partition}`}
            title={`What was built from what: ${chosen.partition}`}
          />
        )}
      </div>
      <div className={classes.columns}>
        <div className={classes.stack}>
          <Panel title={plural(partitions.length, 'partition')} id="partitions" flush>
            {partitions.length === 0 && <Empty icon="data" title="No partition has been written yet" />}
            <VirtualRows items={partitions} rowHeight={38} keyOf={(each) => each.partition} label="Partitions">
              {(each) => <Row partition={each} chosen={each === chosen} />}
            </VirtualRows>
          </Panel>
        </div>
        <About detail={detail} />
      </div>
    </>
  );
}

function Row({ partition, chosen }: { partition: Partition; chosen: boolean }) {
  return (
    <div className={classes.partition} data-chosen={chosen || undefined}>
      <Link
        from="/datasets/$dag/$dataset"
        search={{ partition: partition.partition }}
        resetScroll={false}
        aria-current={chosen ? 'true' : undefined}
        title="Show what it was built from and what was built on it"
      >
        {partition.partition}
      </Link>
      <span className="number">{partition.rows === undefined ? '–' : `${count(partition.rows)} rows`}</span>
      <span className="number">{bytes(partition.bytes)}</span>
      <span>
        {partition.fingerprint ? <Copy text={partition.fingerprint} shown={shortHash(partition.fingerprint)} /> : '–'}
      </span>
      <span>
        {partition.run && (
          <Link to="/runs/$run" params={{ run: partition.run }} search={partition.step ? { step: partition.step } : {}}>
            {partition.step ?? 'run'}
          </Link>
        )}{' '}
        <span className={classes.muted}>
          <Ago at={partition.written_at} />
        </span>
      </span>
    </div>
  );
}

function About({ detail: { summary } }: { detail: DatasetDetail }) {
  const name = (dataset: string) => (
    <Link key={dataset} to="/datasets/$dag/$dataset" params={{ dag: summary.dag, dataset }}>
      {dataset}{' '}
    </Link>
  );
  return (
    <Panel title="About" id="about">
      <Facts
        items={[
          [
            'DAG',
            <Link key="dag" to="/dags/$dag" params={{ dag: summary.dag }}>
              {summary.dag}
            </Link>,
          ],
          ['Class', <ClassMark key="class" dataClass={summary.data_class} />],
          ['Format', summary.format],
          ['Written by', summary.producer ?? 'outside'],
          ['Derived from', summary.derived_from.length > 0 ? summary.derived_from.map(name) : 'nothing'],
          ['Read by', summary.readers.join(', ') || 'nobody'],
          [
            'Lies at',
            <span key="uri" className="mono">
              {summary.uri}
            </span>,
          ],
        ]}
      />
    </Panel>
  );
}
