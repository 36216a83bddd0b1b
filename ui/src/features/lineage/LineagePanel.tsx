import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, body } from '@/api/client';
import { keys } from '@/api/query';
import type { Lineage } from '@/api/types';
import { Graph } from '@/features/graph/Graph';
import type { NodeFace } from '@/features/graph/GraphNode';
import { plural } from '@/shared/format';
import { ClassMark } from '@/shared/Marks';
import { Loaded } from '@/shared/Outcome';
import { Panel } from '@/shared/Panel';
import classes from './Lineage.module.css';
import { target } from './target';

type Direction = 'both' | 'upstream' | 'downstream';
const LIMIT = 120;

/** What was built from what, across runs, around one partition or model version. */
export function LineagePanel({ node, title, first = 'both' }: { node: string; title: string; first?: Direction }) {
  const [direction, setDirection] = useState<Direction>(first);
  const query = useQuery({
    queryKey: keys.lineage(node, direction),
    queryFn: ({ signal }) =>
      body(api.GET('/api/v1/lineage', { params: { query: { node, direction, limit: LIMIT } }, signal })),
  });
  return (
    <Panel
      title={title}
      id="lineage"
      flush
      aside={
        <SegmentedControl
          size="xs"
          aria-label="Direction"
          value={direction}
          onChange={(value) => setDirection(value as Direction)}
          data={[
            { value: 'upstream', label: 'Built from' },
            { value: 'both', label: 'Both' },
            { value: 'downstream', label: 'Built on it' },
          ]}
        />
      }
    >
      <Loaded query={query} what="the lineage">
        {(lineage) => <LineageGraph lineage={lineage} />}
      </Loaded>
    </Panel>
  );
}

function LineageGraph({ lineage }: { lineage: Lineage }) {
  const navigate = useNavigate();
  const select = (id: string) => {
    const to = target(id);
    if (to) void navigate(to);
  };
  return (
    <>
      <Graph
        label={`Lineage of ${lineage.focus}, ${lineage.nodes.length} nodes`}
        nodes={lineage.nodes.map((node) => face(node, lineage.focus))}
        edges={lineage.edges.map((edge) => ({ ...edge, reason: 'data' }))}
        selected={lineage.focus}
        onSelect={select}
        maxHeight={560}
      />
      <footer className={classes.legend}>
        <ClassMark dataClass="raw" />
        <ClassMark dataClass="deterministic" />
        <ClassMark dataClass="algorithmic" />
        <span>
          {plural(lineage.nodes.length, 'node')}
          {lineage.truncated && `, cut off at ${LIMIT}: look from a node further along to see more`}
        </span>
      </footer>
    </>
  );
}

function face(node: Lineage['nodes'][number], focus: string): NodeFace {
  const { state, interval } = node.facts;
  const at = node.label.indexOf('@');
  const title = at < 0 ? node.label : node.label.slice(0, at);
  const instance = at < 0 ? undefined : node.label.slice(at + 1);
  const base = { id: node.id, title, focus: node.id === focus };
  if (node.type === 'step') {
    const attempt = node.id.slice(node.id.lastIndexOf('/') + 1);
    const again = attempt === '1' ? undefined : `#${attempt}`;
    return {
      ...base,
      subtitle: list(interval, again, state === 'succeeded' ? undefined : state) || 'step',
      icon: 'play',
    };
  }
  const dataClass = node.data_class ?? 'algorithmic';
  if (node.type === 'model') {
    return { ...base, subtitle: list(instance && `version ${instance}`, state) || 'model', dataClass, icon: 'model' };
  }
  return { ...base, subtitle: instance ?? 'dataset', dataClass };
}

function list(...parts: (string | undefined)[]): string {
  return parts.filter(Boolean).join(' · ');
}
