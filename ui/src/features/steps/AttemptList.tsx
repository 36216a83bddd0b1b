import { Anchor, UnstyledButton } from '@mantine/core';
import { Fragment } from 'react';
import type { AttemptView } from '@/api/types';
import { StateMark } from '@/shared/Marks';
import { Ago, Clock, Elapsed } from '@/shared/Time';
import classes from './StepPanel.module.css';

interface Attempts {
  attempts: AttemptView[];
  selected: number | undefined;
  onSelect: (attempt: number) => void;
  next: string | undefined;
  /** A message that is shown elsewhere already and need not be said again. */
  said: string | undefined;
}

/** The tries of a step, newest first; choosing one shows its log. */
export function AttemptList({ attempts, selected, onSelect, next, said }: Attempts) {
  const newestFirst = attempts.toSorted((a, b) => b.number - a.number);
  return (
    <table className={classes.attempts} aria-label="Attempts">
      <thead>
        <tr>
          <th scope="col">Attempt</th>
          <th scope="col">State</th>
          <th scope="col">Started</th>
          <th scope="col">Took</th>
          <th scope="col">Exit</th>
        </tr>
      </thead>
      <tbody>
        {next && (
          <tr>
            <td colSpan={5} className={classes.message}>
              The next attempt is due <Ago at={next} />.
            </td>
          </tr>
        )}
        {newestFirst.map((attempt) => (
          <Fragment key={attempt.number}>
            <tr aria-selected={attempt.number === selected}>
              <td>
                <UnstyledButton
                  fz={12.5}
                  c="var(--accent)"
                  aria-label={`Show the log of attempt ${attempt.number}`}
                  title={[attempt.launch_key, attempt.external_id].filter(Boolean).join(' · ')}
                  onClick={() => onSelect(attempt.number)}
                >
                  #{attempt.number}
                </UnstyledButton>
              </td>
              <td>
                <StateMark state={attempt.state} />
                {attempt.failure && <span className={classes.sub}> {attempt.failure}</span>}
              </td>
              <td>
                <Clock at={attempt.started_at ?? attempt.created_at} />
              </td>
              <td>
                <Elapsed from={attempt.started_at} to={attempt.finished_at} />
              </td>
              <td className="number">{attempt.exit_code ?? '–'}</td>
            </tr>
            {attempt.links.length > 0 && (
              <tr>
                <td colSpan={5}>
                  <Links links={attempt.links} attempt={attempt.number} />
                </td>
              </tr>
            )}
            {attempt.events.length > 0 && (
              <tr>
                <td colSpan={5} className={classes.message}>
                  The cluster warned:
                  <ul className={classes.problems} aria-label={`Warnings of attempt ${attempt.number}`}>
                    {attempt.events.map((event) => (
                      <li key={`${event.time} ${event.reason} ${event.message}`}>
                        <Clock at={event.time} /> <strong>{event.reason}</strong>
                        {event.count > 1 && ` (${event.count} times)`}: {event.message}
                      </li>
                    ))}
                  </ul>
                </td>
              </tr>
            )}
            {(attempt.report_problems.length > 0 || (attempt.message !== '' && attempt.message !== said)) && (
              <tr>
                <td colSpan={5} className={classes.message}>
                  {attempt.message !== said && attempt.message}
                  {attempt.report_problems.length > 0 && (
                    <ul className={classes.problems}>
                      {attempt.report_problems.map((problem) => (
                        <li key={problem}>{problem}</li>
                      ))}
                    </ul>
                  )}
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

const PAGES: Record<string, string> = { application: 'Application', history: 'History server' };

/** Pages of the cluster about the attempt's job. Addresses come from elsewhere: none but those of the web become links. */
function Links({ links, attempt }: { links: AttemptView['links']; attempt: number }) {
  return (
    <span className={classes.links}>
      {links
        .filter((link) => /^https?:\/\//i.test(link.url))
        .map((link) => (
          <Anchor
            key={link.name}
            href={link.url}
            target="_blank"
            rel="noopener noreferrer"
            fz={12.5}
            c="var(--accent)"
            aria-label={`${PAGES[link.name] ?? link.name} of attempt ${attempt}, opens in a new tab`}
          >
            {PAGES[link.name] ?? link.name} ↗
          </Anchor>
        ))}
    </span>
  );
}
