import { getRouteApi, Link } from '@tanstack/react-router';
import type { ModelDetail } from '@/api/types';
import { StateMark } from '@/shared/Marks';
import { Empty, Loaded } from '@/shared/Outcome';
import { PageHead } from '@/shared/PageHead';
import { Facts, Panel } from '@/shared/Panel';
import { Ago } from '@/shared/Time';
import { useTitle } from '@/shared/useTitle';
import { ChampionHistory } from './ChampionHistory';
import { MetricHistories } from './MetricHistories';
import classes from './Models.module.css';
import { useModel } from './queries';
import { VersionDetail } from './VersionDetail';
import { VersionTable } from './VersionTable';

const route = getRouteApi('/models/$model');

export function ModelPage() {
  const { model } = route.useParams();
  const query = useModel(model);
  useTitle(model);
  return (
    <Loaded query={query} what="the model">
      {(detail) => <Room detail={detail} />}
    </Loaded>
  );
}

function Room({ detail }: { detail: ModelDetail }) {
  const { summary, versions } = detail;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const champion = versions.find((version) => version.version === summary.champion);
  const chosen = versions.find((version) => version.version === search.version) ?? champion ?? versions[0];
  return (
    <>
      <PageHead
        title={
          <>
            {summary.model}
            {summary.champion !== undefined && (
              <span className={classes.crown}>
                <StateMark state="champion" /> version {summary.champion}
              </span>
            )}
          </>
        }
        about={
          champion ? (
            <>
              champion since <Ago at={summary.champion_since} />
              {champion.partition && `, trained in the run of ${champion.partition}`}
            </>
          ) : (
            'no champion yet'
          )
        }
      />
      <div className={classes.columns}>
        <div className={classes.stack}>
          <MetricHistories detail={detail} />
          <Panel title="Versions" id="versions" flush>
            {versions.length === 0 ? (
              <Empty icon="model" title="No version has been registered yet" />
            ) : (
              <VersionTable
                versions={versions}
                champion={champion}
                chosen={chosen?.version}
                onChoose={(version) => void navigate({ search: { version }, replace: true, resetScroll: false })}
              />
            )}
          </Panel>
        </div>
        <div className={classes.stack}>
          {chosen && <VersionDetail key={chosen.version} version={chosen} champion={champion} />}
          <ChampionHistory history={detail.history} />
          <Panel title="About" id="about">
            <Facts
              items={[
                [
                  'Lies at',
                  <span key="target" className="mono">
                    {summary.target ?? '–'}
                  </span>,
                ],
                [
                  'DAGs',
                  summary.dags.map((dag) => (
                    <Link key={dag} to="/dags/$dag" params={{ dag }}>
                      {dag}{' '}
                    </Link>
                  )),
                ],
              ]}
            />
          </Panel>
        </div>
      </div>
    </>
  );
}
