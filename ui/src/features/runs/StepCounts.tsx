import { plural } from '@/shared/format';
import { severity, stateFace } from '@/shared/states';
import classes from './RunList.module.css';

/** How many steps stand where, as one bar; the words are there for those who cannot see it. */
export function StepCounts({ steps }: { steps: Record<string, number> }) {
  const entries = Object.entries(steps).sort(([a], [b]) => severity(b) - severity(a));
  const words = entries.map(([state, amount]) => `${amount} ${stateFace(state).word.toLowerCase()}`).join(', ');
  const total = entries.reduce((sum, [, amount]) => sum + amount, 0);
  if (total === 0) return null;
  return (
    <span className={classes.bar} role="img" aria-label={`${plural(total, 'step')}: ${words}`} title={words}>
      {entries.map(([state, amount]) => (
        <span key={state} data-state={state} style={{ flexGrow: amount }} />
      ))}
    </span>
  );
}
