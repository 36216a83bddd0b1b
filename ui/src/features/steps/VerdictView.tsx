import type { GateVerdict, RuleVerdict } from '@/api/types';
import { metric } from '@/shared/format';
import { Icon } from '@/shared/Icon';
import classes from './StepPanel.module.css';

const SIDES = /^(.*?)\s*(<=|>=|<|>|==)\s*(.*)$/;

/** What a gate said of a challenger, rule by rule, with both sides as they were measured. */
export function VerdictView({ verdict }: { verdict: GateVerdict }) {
  const state = verdict.accepted ? 'succeeded' : 'rejected';
  return (
    <section className={classes.decision} aria-label="Verdict of the gate">
      <div className={classes.decisionHead} data-state={state}>
        <Icon name={verdict.accepted ? 'crown' : 'gate'} size={14} />
        <span>
          <strong>
            {verdict.accepted ? 'Accepted: ' : 'Rejected: '}
            version {verdict.challenger_version}
            {verdict.champion_version === undefined ? ', the first' : ` against champion ${verdict.champion_version}`}.{' '}
          </strong>
          {verdict.explanation}
        </span>
      </div>
      {verdict.rules.map((rule) => (
        <Rule key={rule.rule} rule={rule} />
      ))}
    </section>
  );
}

function Rule({ rule }: { rule: RuleVerdict }) {
  const [, left, sign, right] = SIDES.exec(rule.rule) ?? [];
  return (
    <div className={classes.rule}>
      <div className={classes.ruleLine}>
        <span className={classes.ruleSign} data-state={rule.holds ? 'succeeded' : 'failed'}>
          <Icon name={rule.holds ? 'check' : 'cross'} size={12} />
          {rule.holds ? 'holds' : 'fails'}
        </span>
        <code>{rule.rule}</code>
      </div>
      <div className={classes.sides}>
        <span>
          <b>{rule.left === undefined ? 'not measured' : metric(rule.left)}</b>
          {left}
        </span>
        <b>{sign}</b>
        <span>
          <b>{rule.right === undefined ? 'not measured' : metric(rule.right)}</b>
          {right}
        </span>
      </div>
      {rule.explanation && <p className={classes.why}>{rule.explanation}</p>}
    </div>
  );
}
