import { Link, useNavigate } from '@tanstack/react-router';
import type { DatasetSummary } from '@/api/types';
import { Graph } from '@/features/graph/Graph';
import { plural } from '@/shared/format';
import { groupBy } from '@/shared/group';
import { ClassMark } from '@/shared/Marks';
import { Empty, Loaded } from '@/shared/Outcome';
import { PageHead } from '@/shared/PageHead';
import { Panel } from '@/shared/Panel';
import { CLASS_FACES } from '@/shared/states';
import { Ago } from '@/shared/Time';
import { useTitle } from '@/shared/useTitle';
import { VirtualRows } from '@/shared/VirtualRows';
import classes from './Datasets.module.css';
import { useDatasets } from './queries';

export function DatasetsPage() {
  const query = useDatasets();
  useTitle('Datasets');
  return (
    <>
      <PageHead title="Datasets" about="What is read and written, told apart by how far it can be trusted as a fact." />
      <Legend />
      <Loaded query={query} what="the datasets">
        {(page) => {
          const groups = groupBy(page.items, (dataset) => dataset.dag);
          if (groups.size === 0) {
            return (
              <Panel>
                <Empty icon="data" title="No datasets yet">
                  They come from the DAGs that declare them.
                </Empty>
              </Panel>
            );
          }
          return [...groups].map(([dag, datasets]) => <DagDatasets key={dag} dag={dag} datasets={datasets} />);
        }}
      </Loaded>
    </>
  );
}

function Legend() {
  return (
    <ul className={classes.legend} aria-label="Data classes">
      {Object.entries(CLASS_FACES).map(([name, face]) => (
        <li key={name}>
          <ClassMark dataClass={name} /> {face.meaning}
        </li>
      ))}
    </ul>
  );
}

function DagDatasets({ dag, datasets }: { dag: string; datasets: DatasetSummary[] }) {
  const navigate = useNavigate();
  const edges = datasets.flatMap((dataset) =>
    dataset.derived_from.map((from) => ({
      from,
      to: dataset.dataset,
      reason: 'data' as const,
      label: dataset.producer ?? '',
    })),
  );
  return (
    <div className={classes.dag}>
      <Panel
        title={
          <Link to="/dags/$dag" params={{ dag }}>
            {dag}
          </Link>
        }
        id={`datasets-${dag}`}
        flush
      >
        <Graph
          label={`Datasets of ${dag} and what they are derived from`}
          nodes={datasets.map((dataset) => ({
            id: dataset.dataset,
            title: dataset.dataset,
            subtitle: plural(dataset.partitions, 'partition'),
            dataClass: dataset.data_class,
          }))}
          edges={edges}
          onSelect={(dataset) => void navigate({ to: '/datasets/$dag/$dataset', params: { dag, dataset } })}
          maxHeight={300}
        />
        <VirtualRows items={datasets} rowHeight={52} keyOf={(dataset) => dataset.dataset} label={`Datasets of ${dag}`}>
          {(dataset) => <Row dataset={dataset} />}
        </VirtualRows>
      </Panel>
    </div>
  );
}

function Row({ dataset }: { dataset: DatasetSummary }) {
  const flow = [
    dataset.producer && `written by ${dataset.producer}`,
    dataset.derived_from.length > 0 && `from ${dataset.derived_from.join(', ')}`,
    dataset.readers.length > 0 && `read by ${dataset.readers.join(', ')}`,
  ].filter(Boolean);
  return (
    <Link to="/datasets/$dag/$dataset" params={{ dag: dataset.dag, dataset: dataset.dataset }} className={classes.row}>
      <span className={classes.name}>{dataset.dataset}</span>
      <ClassMark dataClass={dataset.data_class} />
      <span className={classes.about}>
        {dataset.description && <span>{dataset.description} </span>}
        <span className={classes.muted}>{flow.join(', ')}</span>
      </span>
      <span className={classes.right}>
        {plural(dataset.partitions, 'partition')}
        <span className={classes.muted}>{dataset.newest_at ? <Ago at={dataset.newest_at} /> : 'nothing yet'}</span>
      </span>
    </Link>
  );
}
