import { getRouteApi, Link } from '@tanstack/react-router';
import type { Backfill, BackfillInterval } from '@/api/types';
import { shortHash, shortId } from '@/shared/format';
import { LoadMore } from '@/shared/LoadMore';
import { StateMark } from '@/shared/Marks';
import { Failed, Loaded, Loading } from '@/shared/Outcome';
import { PageHead } from '@/shared/PageHead';
import { Facts, Panel } from '@/shared/Panel';
import { Ago, Elapsed } from '@/shared/Time';
import { useTitle } from '@/shared/useTitle';
import { BackfillActions } from './BackfillActions';
import { faceOf, manner } from './BackfillList';
import classes from './Backfills.module.css';
import { ProgressBar } from './ProgressBar';
import { useBackfill, useBackfillIntervals } from './queries';

const route = getRouteApi('/backfills/$id');

export function BackfillPage() {
  const { id } = route.useParams();
  const query = useBackfill(Number(id));
  useTitle(query.data ? `Backfill ${id} · ${query.data.dag}` : `Backfill ${id}`);
  return (
    <Loaded query={query} what="the backfill">
      {(backfill) => <Room backfill={backfill} />}
    </Loaded>
  );
}

function Room({ backfill }: { backfill: Backfill }) {
  return (
    <>
      <PageHead
        title={`Backfill ${backfill.id}`}
        about={
          <>
            <Link to="/dags/$dag" params={{ dag: backfill.dag }} search={{ tab: 'backfills' }}>
              {backfill.dag}
            </Link>
            , {backfill.from} to {backfill.to}
          </>
        }
      >
        <StateMark state={faceOf(backfill)} />
        <BackfillActions backfill={backfill} />
      </PageHead>
      <div className={classes.page}>
        <Panel>
          <ProgressBar progress={backfill.progress} />
          <Facts
            items={[
              ['Goes', manner(backfill)],
              ['Begun', <Began key="begun" backfill={backfill} />],
              ['Ended', backfill.finished_at ? <Ago key="ended" at={backfill.finished_at} /> : '–'],
              [
                'Version',
                <span key="version" className="mono">
                  {shortHash(backfill.version)}
                </span>,
              ],
              [
                'Parameters',
                Object.entries(backfill.parameters)
                  .map(([name, value]) => `${name} = ${value}`)
                  .join(', ') || '–',
              ],
            ]}
          />
        </Panel>
        <Panel title="Intervals" id="intervals" flush>
          <Intervals id={backfill.id} />
        </Panel>
      </div>
    </>
  );
}

function Began({ backfill }: { backfill: Backfill }) {
  return (
    <>
      <Ago at={backfill.created_at} /> by {backfill.actor}
      {backfill.reason && `: ${backfill.reason}`}
    </>
  );
}

function Intervals({ id }: { id: number }) {
  const query = useBackfillIntervals(id);
  if (!query.data)
    return query.isError ? (
      <Failed error={query.error} retry={() => void query.refetch()} />
    ) : (
      <Loading what="the intervals" />
    );
  return (
    <>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Interval</th>
            <th scope="col">State</th>
            <th scope="col">Took</th>
            <th scope="col">Run</th>
            <th scope="col">Why not</th>
          </tr>
        </thead>
        <tbody>
          {query.data.pages
            .flatMap((page) => page.items)
            .map((interval) => (
              <Row key={interval.place} interval={interval} />
            ))}
        </tbody>
      </table>
      <LoadMore query={query} what="further intervals" />
    </>
  );
}

function Row({ interval }: { interval: BackfillInterval }) {
  return (
    <tr>
      <td className="number">{interval.interval.partition}</td>
      <td>
        <StateMark state={interval.state ?? (interval.left_out ? 'left_out' : 'waiting')} />
      </td>
      <td>{interval.started_at ? <Elapsed from={interval.started_at} to={interval.finished_at} /> : '–'}</td>
      <td>
        {interval.run ? (
          <Link to="/runs/$run" params={{ run: interval.run }} className="mono">
            {shortId(interval.run)}
          </Link>
        ) : (
          '–'
        )}
      </td>
      <td className={classes.why}>{interval.left_out}</td>
    </tr>
  );
}
