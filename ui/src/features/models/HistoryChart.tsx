import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { MetricHistory, RefitMark } from './history';
import classes from './Models.module.css';

const HEIGHT = 150;
const DASHES = [[], [5, 4], [2, 3], [8, 3, 2, 3]];

/** One metric over intervals. Lines are told apart by dashes as well as colour; refits are vertical rules with the version. */
interface HistoryChartProps {
  history: MetricHistory;
  marks: RefitMark[];
  /** The interval under the pointer, of whichever chart of the page it is over. */
  onPoint: (index: number | undefined) => void;
}

export default function HistoryChart({ history, marks, onPoint }: HistoryChartProps) {
  const holder = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = holder.current;
    if (!element) return;
    const chart = new uPlot(options(element, history, marks, onPoint), data(history), element);
    const observer = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height: HEIGHT }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.destroy();
    };
  }, [history, marks, onPoint]);

  return <div ref={holder} className={classes.chart} aria-hidden="true" />;
}

function data(history: MetricHistory): uPlot.AlignedData {
  return [history.partitions.map((_, index) => index), ...history.lines.map((line) => line.values)];
}

function options(
  element: HTMLElement,
  history: MetricHistory,
  marks: RefitMark[],
  onPoint: HistoryChartProps['onPoint'],
): uPlot.Options {
  const colour = (name: string) => resolve(element, name);
  const lines = [colour('--accent'), colour('--text'), colour('--muted'), colour('--line-strong')];
  const axis = {
    stroke: colour('--muted'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
    font: '11px system-ui, sans-serif',
  };
  const label = (index: number) => history.partitions[index] ?? '';
  return {
    width: element.clientWidth || 320,
    height: HEIGHT,
    padding: [14, 10, 0, 0],
    cursor: { y: false, drag: { x: false, y: false }, sync: { key: 'model-metrics' } },
    legend: { live: false },
    scales: { x: { time: false, range: (_, low, high) => [low - 0.4, high + 0.4] } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 22,
        incrs: [1, 2, 4, 8, 13, 26, 52],
        space: 46,
        values: (_, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? label(tick).slice(-5) : '')),
      },
      { ...axis, size: 52, space: 26, values: (_, ticks) => ticks.map((tick) => compact(tick)) },
    ],
    series: [
      { label: 'interval' },
      ...history.lines.map((line, index) => ({
        label: line.label,
        stroke: lines[index % lines.length] ?? 'currentColor',
        width: index === 0 ? 2 : 1.4,
        dash: DASHES[index % DASHES.length] ?? [],
        spanGaps: index === 0,
        points: { show: true, size: index === 0 ? 5 : 6 },
      })),
    ],
    hooks: {
      drawClear: [(chart) => drawMarks(chart, marks, colour('--s-good'), colour('--muted'))],
      setCursor: [(chart) => onPoint(chart.cursor.idx ?? undefined)],
    },
  };
}

function drawMarks(chart: uPlot, marks: RefitMark[], good: string, other: string): void {
  const { ctx, bbox } = chart;
  const ratio = window.devicePixelRatio || 1;
  ctx.save();
  ctx.font = `${10 * ratio}px system-ui, sans-serif`;
  ctx.textAlign = 'center';
  for (const mark of marks) {
    const x = chart.valToPos(mark.index, 'x', true);
    ctx.strokeStyle = mark.accepted ? good : other;
    ctx.fillStyle = ctx.strokeStyle;
    ctx.lineWidth = (mark.accepted ? 1.5 : 1) * ratio;
    ctx.setLineDash(mark.accepted ? [] : [3 * ratio, 3 * ratio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.fillText(mark.label, x, bbox.top - 3 * ratio);
  }
  ctx.restore();
}

/** A canvas does not know custom properties, so the colour is read where it is used. */
function resolve(element: HTMLElement, property: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${property})`;
  element.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

function compact(value: number): string {
  return String(Number(value.toPrecision(4)));
}
