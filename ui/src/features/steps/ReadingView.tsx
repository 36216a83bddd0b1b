import type { RuleReading, ThresholdReading } from '@/api/types';
import { Icon } from '@/shared/Icon';
import { ReadingChart } from './ReadingChart';
import classes from './StepPanel.module.css';

/** What a refit's conditions read and what follows: the sentence first, then each rule with the points it looked at. */
export function ReadingView({ reading }: { reading: ThresholdReading }) {
  return (
    <section className={classes.decision} aria-label="Reading of the threshold">
      <div className={classes.decisionHead} data-state={reading.open ? 'running' : 'skipped'}>
        <Icon name={reading.open ? 'play' : 'skip'} size={14} />
        <span>
          <strong>{reading.open ? 'Refit opened. ' : 'Refit stayed shut. '}</strong>
          {reading.explanation}
        </span>
      </div>
      {reading.rules.map((rule) => (
        <Rule key={rule.rule} rule={rule} said={reading.explanation} />
      ))}
    </section>
  );
}

function Rule({ rule, said }: { rule: RuleReading; said: string }) {
  return (
    <div className={classes.rule}>
      <div className={classes.ruleLine}>
        <span className={classes.ruleSign} data-state={rule.holds ? 'running' : 'skipped'}>
          <Icon name={rule.holds ? 'check' : 'cross'} size={12} />
          {rule.holds ? 'holds' : 'no'}
        </span>
        <code>{rule.rule}</code>
      </div>
      {rule.explanation !== '' && rule.explanation !== said && <p className={classes.why}>{rule.explanation}</p>}
      {rule.points.length > 0 && <ReadingChart rule={rule} />}
    </div>
  );
}
