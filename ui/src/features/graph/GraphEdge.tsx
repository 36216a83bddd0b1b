import { BaseEdge, type EdgeProps, getBezierPath } from '@xyflow/react';
import classes from './GraphView.module.css';

/** Data flows along full lines, a model along a double weight one, a plain order along dashes. */
export function GraphEdge(props: EdgeProps) {
  const [path] = getBezierPath(props);
  const data = props.data as { reason: string; label: string; live: boolean };
  return (
    <g data-reason={data.reason} data-live={data.live || undefined} className={classes.edge}>
      <BaseEdge path={path} />
      <title>{data.label ? `${data.reason}: ${data.label}` : data.reason}</title>
    </g>
  );
}
