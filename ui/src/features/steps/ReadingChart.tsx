import { useMediaQuery } from '@mantine/hooks';
import type { RuleReading } from '@/api/types';
import { count, metric } from '@/shared/format';
import { type Level, levels } from './levels';
import classes from './ReadingChart.module.css';

const WIDE = 420;
const NARROW = 310;
const HEIGHT = 132;
const LEFT = 8;
const RIGHT = 92;
const TOP = 14;
const BOTTOM = 22;

/** The points a threshold looked at, against the levels where it fires and clears. Breaches are triangles, the rest dots. */
export function ReadingChart({ rule }: { rule: RuleReading }) {
  // Drawn narrower on a phone instead of shrunk, so that its words stay legible.
  const width = useMediaQuery('(max-width: 600px)', undefined, { getInitialValueInEffect: false }) ? NARROW : WIDE;
  const { fire, clear } = levels(rule.rule);
  const marks = [fire, clear].filter((level): level is Level => level !== undefined);
  const values = [...rule.points.map((point) => point.value), ...marks.map((level) => level.value)];
  const low = Math.min(...values);
  const high = Math.max(...values);
  const pad = (high - low || Math.abs(high) || 1) * 0.15;
  const y = (value: number) => TOP + (1 - (value - (low - pad)) / (high - low + 2 * pad)) * (HEIGHT - TOP - BOTTOM);
  const last = rule.points.length - 1;
  const x = (index: number) => LEFT + 14 + (last === 0 ? 0.5 : index / last) * (width - LEFT - RIGHT - 28);
  const line = rule.points.map((point, index) => `${x(index)},${y(point.value)}`).join(' ');
  const spoken = rule.points
    .map((point) => `${point.partition}: ${metric(point.value)}${point.breach ? ', breach' : ''}`)
    .join('; ');
  return (
    <svg
      viewBox={`0 0 ${width} ${HEIGHT}`}
      className={classes.chart}
      role="img"
      aria-label={`${rule.metric ?? 'reading'}. ${spoken}`}
    >
      {fire && (
        <LevelLine
          name="fires"
          level={fire}
          right={width - RIGHT + 8}
          y={y(fire.value)}
          nudge={nudge(fire, clear, y)}
          className={classes.fire}
        />
      )}
      {clear && (
        <LevelLine
          name="clears"
          level={clear}
          right={width - RIGHT + 8}
          y={y(clear.value)}
          nudge={nudge(clear, fire, y)}
          className={classes.clear}
        />
      )}
      <polyline points={line} className={classes.line} />
      {rule.points.map((point, index) => (
        <g key={point.partition} className={point.breach ? classes.breach : classes.fine}>
          <title>{`${point.partition}: ${metric(point.value)}, ${count(point.samples)} rows${point.breach ? ', beyond the fire level' : ''}`}</title>
          {point.breach ? (
            <path d={`M${x(index)} ${y(point.value) - 6}l5.5 10h-11z`} />
          ) : (
            <circle cx={x(index)} cy={y(point.value)} r="4" />
          )}
          {(rule.points.length <= 6 || index === last) && (
            <text x={x(index)} y={y(point.value) - 9} textAnchor="middle" className={classes.value}>
              {metric(point.value)}
            </text>
          )}
          {(rule.points.length <= 6 || index === 0 || index === last) && (
            <text x={x(index)} y={HEIGHT - 6} textAnchor="middle" className={classes.axis}>
              {point.partition.slice(-5)}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}

/** Keeps the words of two levels that lie close together apart. */
function nudge(own: Level, other: Level | undefined, y: (value: number) => number): number {
  if (!other || Math.abs(y(own.value) - y(other.value)) >= 13) return 0;
  return y(own.value) <= y(other.value) ? -5 : 7;
}

function LevelLine(props: {
  name: string;
  level: Level;
  right: number;
  y: number;
  nudge: number;
  className: string | undefined;
}) {
  return (
    <g className={props.className}>
      <line x1={LEFT} x2={props.right - 4} y1={props.y} y2={props.y} />
      <text x={props.right} y={props.y + 4 + props.nudge}>
        {props.name} {props.level.sign} {props.level.value}
      </text>
    </g>
  );
}
