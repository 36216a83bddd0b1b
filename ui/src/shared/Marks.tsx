import { Icon } from './Icon';
import classes from './Marks.module.css';
import { CLASS_FACES, stateFace } from './states';

/** A state as a small label: colour, sign and word together. */
export function StateMark({ state, compact = false }: { state: string; compact?: boolean }) {
  const face = stateFace(state);
  return (
    <span
      className={classes.mark}
      data-state={state}
      data-compact={compact || undefined}
      title={compact ? face.word : undefined}
    >
      <Icon name={face.icon} size={13} className={face.moving ? classes.moving : undefined} />
      <span className={compact ? 'visually-hidden' : undefined}>{face.word}</span>
    </span>
  );
}

export function ClassMark({ dataClass, compact = false }: { dataClass: string; compact?: boolean }) {
  const face = CLASS_FACES[dataClass];
  return (
    <span
      className={classes.dataClass}
      data-class={dataClass}
      title={face ? `${face.word}: ${face.meaning}` : dataClass}
    >
      <Icon name={face?.icon ?? 'unknown'} size={12} />
      <span className={compact ? 'visually-hidden' : undefined}>{face?.word ?? dataClass}</span>
    </span>
  );
}
