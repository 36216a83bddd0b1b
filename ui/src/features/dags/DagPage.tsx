import { Button, Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { DagDetail } from '@/api/types';
import { BackfillForm } from '@/features/backfills/BackfillForm';
import { BackfillList } from '@/features/backfills/BackfillList';
import { Graph } from '@/features/graph/Graph';
import type { NodeFace } from '@/features/graph/GraphNode';
import { RunList } from '@/features/runs/RunList';
import { Icon, type IconName } from '@/shared/Icon';
import { Loaded } from '@/shared/Outcome';
import { PageHead } from '@/shared/PageHead';
import { Facts, Panel } from '@/shared/Panel';
import { Ago } from '@/shared/Time';
import { useTitle } from '@/shared/useTitle';
import classes from './Dags.module.css';
import { HistoryTable, ParameterTable, Source } from './DagTables';
import { NextFires } from './NextFires';
import { CatchUpNotice, PauseNotice } from './Notices';
import { PauseSwitch } from './PauseSwitch';
import { useDag } from './queries';
import { RunForm } from './RunForm';
import { VersionTable } from './VersionTable';

const route = getRouteApi('/dags/$dag');

export function DagPage() {
  const { dag } = route.useParams();
  const query = useDag(dag);
  useTitle(dag);
  return (
    <Loaded query={query} what="the DAG">
      {(detail) => <DagRoom detail={detail} />}
    </Loaded>
  );
}

const TABS = ['runs', 'backfills', 'parameters', 'versions', 'history', 'source'] as const;

function DagRoom({ detail }: { detail: DagDetail }) {
  const [form, setForm] = useState<'run' | 'backfill'>();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const { summary } = detail;
  const close = () => setForm(undefined);
  return (
    <>
      <PageHead title={summary.dag} about={summary.title}>
        <span className={classes.muted}>{summary.paused ? 'Paused' : 'Scheduled'}</span>
        <PauseSwitch dag={summary.dag} paused={summary.paused} />
        <Button size="xs" variant="default" onClick={() => setForm('backfill')}>
          Backfill…
        </Button>
        <Button size="xs" leftSection={<Icon name="play" size={13} />} onClick={() => setForm('run')}>
          Run now…
        </Button>
      </PageHead>
      <RunForm key={`run ${form}`} detail={detail} opened={form === 'run'} onClose={close} />
      <BackfillForm key={`backfill ${form}`} detail={detail} opened={form === 'backfill'} onClose={close} />
      <PauseNotice dag={summary} />
      <CatchUpNotice dag={summary} />
      <div className={classes.graph}>
        <Panel flush>
          <Graph
            label={`Declared graph of ${summary.dag}, ${detail.steps.length} steps`}
            nodes={faces(detail)}
            edges={detail.edges.map((edge) => ({ ...edge, label: edge.through }))}
            maxHeight={360}
          />
        </Panel>
      </div>
      <div className={classes.columns}>
        <div className={classes.stack}>
          <Panel flush>
            <Tabs
              value={tab ?? 'runs'}
              keepMounted={false}
              onChange={(value) =>
                void navigate({
                  search: value === 'runs' ? {} : { tab: value as (typeof TABS)[number] },
                  replace: true,
                  resetScroll: false,
                })
              }
            >
              <Tabs.List>
                <Tabs.Tab value="runs">Runs</Tabs.Tab>
                <Tabs.Tab value="backfills">Backfills</Tabs.Tab>
                <Tabs.Tab value="parameters">Parameters ({detail.parameters.length})</Tabs.Tab>
                <Tabs.Tab value="versions">Versions ({detail.versions.length})</Tabs.Tab>
                <Tabs.Tab value="history">History ({detail.events.length})</Tabs.Tab>
                <Tabs.Tab value="source">Source</Tabs.Tab>
              </Tabs.List>
              <Tabs.Panel value="runs">
                <RunList dag={summary.dag} />
              </Tabs.Panel>
              <Tabs.Panel value="backfills">
                <BackfillList dag={summary.dag} />
              </Tabs.Panel>
              <Tabs.Panel value="parameters">
                <ParameterTable parameters={detail.parameters} />
              </Tabs.Panel>
              <Tabs.Panel value="versions">
                <VersionTable dag={summary.dag} versions={detail.versions} />
              </Tabs.Panel>
              <Tabs.Panel value="history">
                <HistoryTable events={detail.events} />
              </Tabs.Panel>
              <Tabs.Panel value="source">
                <Source text={detail.source} />
              </Tabs.Panel>
            </Tabs>
          </Panel>
        </div>
        <DagFacts detail={detail} />
      </div>
    </>
  );
}

function DagFacts({ detail }: { detail: DagDetail }) {
  const { summary } = detail;
  return (
    <Panel title="About" id="about">
      <Facts
        items={[
          ['Owner', summary.owner ?? '–'],
          [
            'Schedule',
            <span key="schedule" className="mono">
              {summary.schedule ?? 'none'}
            </span>,
          ],
          [
            'Next run',
            summary.paused ? 'paused' : summary.next_run ? <Ago key="next" at={summary.next_run} /> : 'none due',
          ],
          [
            'Version',
            <span key="version" className="mono">
              {summary.version.slice(0, 12)}
            </span>,
          ],
          ['Tags', summary.tags.join(', ') || '–'],
        ]}
      />
      {detail.description && <p>{detail.description}</p>}
      {summary.schedule && <NextFires dag={summary.dag} version={summary.version} paused={summary.paused} />}
    </Panel>
  );
}

const KIND_ICONS: Record<string, IconName> = {
  ingest: 'raw',
  cleanse: 'rule',
  transform: 'rule',
  evaluate: 'look',
  train: 'model',
  refit: 'model',
  publish: 'gate',
  task: 'play',
  sensor: 'look',
  resource: 'play',
  dag: 'play',
};

function faces(detail: DagDetail): NodeFace[] {
  return detail.steps.map((step) => ({
    id: step.step,
    title: step.step,
    subtitle: step.kind === step.step ? step.executor : `${step.kind} · ${step.executor}`,
    icon: KIND_ICONS[step.kind] ?? 'dot',
  }));
}
