import type { Fires } from '@/api/types';
import { Loaded } from '@/shared/Outcome';
import classes from './Dags.module.css';
import { useFires } from './queries';

/** When the schedule makes its next runs, in the schedule's own zone. */
export function NextFires({ dag, version, paused }: { dag: string; version: string; paused: boolean }) {
  const query = useFires(dag, version);
  return (
    <section>
      <h3 id="next-fires" className={classes.muted}>
        {paused ? 'Next fires once unpaused' : 'Next fires'}
      </h3>
      <Loaded query={query} what="the schedule">
        {({ fires, zone, data, waiting }) =>
          data ? (
            <WaitsFor data={data} waiting={waiting} />
          ) : fires.length === 0 ? (
            <p className={classes.muted}>The schedule is over.</p>
          ) : (
            <table className={classes.table} aria-labelledby="next-fires">
              <thead>
                <tr>
                  <th scope="col">Due ({zone})</th>
                  <th scope="col">Interval from</th>
                </tr>
              </thead>
              <tbody>
                {fires.map((fire) => (
                  <tr key={fire.fire}>
                    <td>
                      <time dateTime={fire.fire} title={fire.fire}>
                        {local(fire.fire)}
                      </time>
                    </td>
                    <td>
                      <time dateTime={fire.interval_start} title={fire.interval_start}>
                        {local(fire.interval_start)}
                      </time>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
    </section>
  );
}

/** A schedule that goes by data: what it needs, and which intervals wait for what. */
function WaitsFor({ data, waiting }: Pick<Fires, 'data' | 'waiting'>) {
  return (
    <>
      <p className={classes.muted}>Each interval when its data is there: {data}.</p>
      <ul>
        {waiting.map((interval) => (
          <li key={interval.partition}>
            {interval.partition} waits for {interval.missing.join(', ')}
          </li>
        ))}
      </ul>
    </>
  );
}

/** The local time as the schedule's zone has it: the server writes it with its offset, so no zone is computed here. */
function local(time: string): string {
  return time.slice(0, 'yyyy-mm-ddThh:mm'.length).replace('T', ' ');
}
