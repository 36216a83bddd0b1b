import type { ChampionChange } from '@/api/types';
import { Icon } from '@/shared/Icon';
import { Empty } from '@/shared/Outcome';
import { Panel } from '@/shared/Panel';
import { Ago } from '@/shared/Time';
import classes from './Models.module.css';

/** Every change of champion, newest first. */
export function ChampionHistory({ history }: { history: ChampionChange[] }) {
  return (
    <Panel title="Changes of champion" id="history" flush>
      {history.length === 0 && <Empty icon="crown" title="No champion yet" />}
      <ol className={classes.list}>
        {history.map((change) => (
          <li key={change.at + change.to} className={classes.change}>
            <span className={classes.changeTo}>
              <Icon name="crown" size={13} />
              {change.from === undefined ? 'first' : `v${change.from}`} → <strong>v{change.to}</strong>
            </span>
            <span className={classes.muted}>
              {change.actor}, <Ago at={change.at} />
            </span>
            {change.reason && <span className={classes.changeReason}>{change.reason}</span>}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
