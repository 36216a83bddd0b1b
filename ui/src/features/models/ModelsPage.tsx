import { Link } from '@tanstack/react-router';
import { plural } from '@/shared/format';
import { Icon } from '@/shared/Icon';
import { Empty, Loaded } from '@/shared/Outcome';
import { PageHead } from '@/shared/PageHead';
import { Panel } from '@/shared/Panel';
import { Ago } from '@/shared/Time';
import { useTitle } from '@/shared/useTitle';
import classes from './Models.module.css';
import { useModels } from './queries';

export function ModelsPage() {
  const query = useModels();
  useTitle('Models');
  return (
    <>
      <PageHead title="Models" about="Each with its champion: the version that users get." />
      <Loaded query={query} what="the models">
        {(page) => (
          <Panel flush>
            {page.items.length === 0 && (
              <Empty icon="model" title="No models yet">
                A model shows up here when a train or refit step has registered its first version.
              </Empty>
            )}
            <ul className={classes.list} aria-label="Models">
              {page.items.map((model) => (
                <li key={model.model}>
                  <Link to="/models/$model" params={{ model: model.model }} className={classes.row}>
                    <span className={classes.name}>{model.model}</span>
                    <span
                      className={classes.champion}
                      data-state={model.champion === undefined ? 'waiting' : 'champion'}
                    >
                      <Icon name="crown" size={14} />
                      {model.champion === undefined ? 'no champion yet' : `version ${model.champion}`}
                    </span>
                    <span className={classes.muted}>
                      {model.champion_since && (
                        <>
                          champion since <Ago at={model.champion_since} />
                        </>
                      )}
                    </span>
                    <span className={classes.muted}>
                      {plural(model.versions, 'version')} · {model.dags.join(', ')}
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          </Panel>
        )}
      </Loaded>
    </>
  );
}
