import { BaseEdge, type EdgeProps, getBezierPath } from '@xyflow/react';
import classes from './GraphView.module.css';
import type { Spot } from './structure';

/** Data flows along full lines, a model along a double weight one, a plain order along dashes. */
export function GraphEdge(props: EdgeProps) {
  const data = props.data as { reason: string; label: string; live: boolean; bends?: Spot[]; direction: 'LR' | 'TB' };
  const [straight] = getBezierPath(props);
  const ends = [
    { x: props.sourceX, y: props.sourceY },
    { x: props.targetX, y: props.targetY },
  ] as const;
  const path = data.bends ? smooth([ends[0], ...data.bends, ends[1]], data.direction) : straight;
  return (
    <g data-reason={data.reason} data-live={data.live || undefined} className={classes.edge}>
      <BaseEdge path={path} />
      <title>{data.label ? `${data.reason}: ${data.label}` : data.reason}</title>
    </g>
  );
}

/** A curve through all points that leaves and enters each along the graph's direction. */
function smooth(points: Spot[], direction: 'LR' | 'TB'): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let path = `M${first.x},${first.y}`;
  let before = first;
  for (const point of rest) {
    const x = (before.x + point.x) / 2;
    const y = (before.y + point.y) / 2;
    path +=
      direction === 'LR'
        ? ` C${x},${before.y} ${x},${point.y} ${point.x},${point.y}`
        : ` C${before.x},${y} ${point.x},${y} ${point.x},${point.y}`;
    before = point;
  }
  return path;
}
