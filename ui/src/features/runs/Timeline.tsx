import type { EventView } from '@/api/types';
import { sentenceCase, words } from '@/shared/format';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Failed, Loading } from '@/shared/Outcome';
import { Panel } from '@/shared/Panel';
import { Clock } from '@/shared/Time';
import { VirtualRows } from '@/shared/VirtualRows';
import { useEvents } from './queries';
import classes from './RunPage.module.css';

/** Everything that happened to the run, oldest first. */
export function Timeline({ run }: { run: string }) {
  const query = useEvents(run);
  if (!query.data)
    return query.isError ? (
      <Failed error={query.error} retry={() => void query.refetch()} />
    ) : (
      <Loading what="the timeline" />
    );
  const events = query.data.pages.flatMap((page) => page.items);
  if (events.length === 0) return <Empty icon="wait" title="Nothing has happened yet" />;
  return (
    <Panel flush>
      <VirtualRows items={events} rowHeight={30} keyOf={(event) => event.id} label="Timeline">
        {(event) => <Row event={event} />}
      </VirtualRows>
      <LoadMore query={query} what="later events" />
    </Panel>
  );
}

function Row({ event }: { event: EventView }) {
  return (
    <div className={classes.event}>
      <Clock at={event.at} />
      <span>
        {event.step ?? <span className={classes.muted}>run</span>}
        {event.attempt !== undefined && <span className={classes.muted}> #{event.attempt}</span>}
      </span>
      <span>
        <strong>{sentenceCase(event.type)}</strong> <span className={classes.muted}>{detail(event)}</span>
      </span>
    </div>
  );
}

/** The sentence first, then the small facts. The launch key is left out: the attempt's own row has it. */
function detail(event: EventView): string {
  const { from, to, reason, message, launch_key: _, ...others } = event.detail;
  const move = from && to ? `${from} → ${to}` : to;
  const facts = Object.entries(others).map(([name, value]) => `${words(name)} ${value}`);
  return [move, reason, message, ...facts].filter(Boolean).join(' · ');
}
