import { useEffect, useState } from 'react';
import { Icon } from '@/shared/Icon';
import { Clock } from '@/shared/Time';
import { useLive } from '@/stream/StreamProvider';
import classes from './Shell.module.css';

/** A short hiccup is nobody's business. */
const GRACE = 1_500;

/** Says that the server is away and since when. What was there stays on the page. */
export function ConnectionBanner() {
  const { status, lostAt } = useLive();
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (status !== 'lost') {
      setLate(false);
      return;
    }
    const timer = setTimeout(() => setLate(true), GRACE);
    return () => clearTimeout(timer);
  }, [status]);
  if (!late || lostAt === undefined) return null;
  return (
    <div className={classes.banner} data-state="retrying" role="status">
      <Icon name="retry" size={14} />
      <strong>Reconnecting to the server…</strong>
      <span>
        What you see is from <Clock at={new Date(lostAt).toISOString()} />.
      </span>
    </div>
  );
}

const MARKS = {
  open: { word: 'live', hint: 'Changes show up at once' },
  polling: { word: 'polling', hint: 'There is no event stream; the server is asked every few seconds' },
  lost: { word: 'reconnecting', hint: 'The server does not answer' },
  connecting: { word: 'connecting', hint: 'Waiting for the event stream' },
} as const;

export function LiveMark() {
  const { status } = useLive();
  const { word, hint } = MARKS[status];
  return (
    <span className={classes.live} data-state={status === 'open' ? 'succeeded' : 'retrying'} title={hint}>
      {word}
    </span>
  );
}
