/** Asks the server which pages there are to see: the DAG, runs worth a look, the model, a derived dataset. */
export async function findPlaces(base) {
  const get = async (path) => {
    const response = await fetch(`${base}/api/v1${path}`);
    if (!response.ok) throw new Error(`${path}: status ${response.status}: ${await response.text()}`);
    return response.json();
  };
  const dag = (await get('/dags')).items[0];
  if (!dag) throw new Error('the server knows no DAG: run the demo first');
  const runs = (await get(`/runs?dag=${dag.dag}&limit=100`)).items;
  const details = await Promise.all(runs.map((run) => get(`/runs/${run.run}`)));
  const models = (await get('/models')).items;
  const datasets = (await get('/datasets')).items.filter((dataset) => dataset.partitions > 0);

  const places = [
    { name: 'home', path: '/', shows: [dag.dag] },
    { name: 'dag', path: `/dags/${dag.dag}`, shows: ['Run now…', 'Versions'], graph: true },
    { name: 'alerts', path: '/alerts', shows: ['Everything that was told'] },
    { name: 'models', path: '/models', shows: models.slice(0, 1).map((model) => model.model) },
    {
      name: 'datasets',
      path: '/datasets',
      shows: datasets.slice(0, 1).map((dataset) => dataset.dataset),
      graph: datasets.length > 0,
    },
  ];
  const add = (name, found, shows) => {
    if (found) places.push({ name, path: `/runs/${found.run}?step=${found.step}`, shows, graph: true, whole: true });
  };
  add(
    'run-failed',
    stepWhere(details, (step) => step.state === 'failed'),
    ['Attempts', 'Load earlier'].slice(0, 1),
  );
  add(
    'run-running',
    stepWhere(details, (step) => step.state === 'running'),
    ['being written'],
  );
  add(
    'run-shut',
    stepWhere(details, (step) => step.reading && !step.reading.open),
    ['Refit stayed shut'],
  );
  add(
    'run-fired',
    stepWhere(
      details,
      (step) => step.reading?.open && step.reading.rules.some((rule) => rule.holds && rule.points.length > 0),
    ),
    ['Refit opened'],
  );
  add(
    'run-accepted',
    stepWhere(details, (step) => step.verdict?.accepted && step.verdict.champion_version !== undefined),
    ['Accepted'],
  );
  add(
    'run-rejected',
    stepWhere(details, (step) => step.verdict?.accepted === false),
    ['Rejected'],
  );
  if (models[0])
    places.push({
      name: 'model',
      path: `/models/${models[0].model}`,
      shows: ['Changes of champion', 'Trained on'],
      whole: true,
    });
  const derived =
    datasets.find((dataset) => dataset.derived_from.length > 0 && dataset.readers.length > 0) ?? datasets[0];
  if (derived) {
    const detail = await get(`/datasets/${derived.dag}/${derived.dataset}`);
    const early = detail.partitions.at(-Math.min(2, detail.partitions.length));
    const path = `/datasets/${derived.dag}/${derived.dataset}?partition=${early.partition}`;
    places.push({ name: 'dataset', path, shows: ['Built from'], graph: true, whole: true });
  }
  return places;
}

function stepWhere(details, holds) {
  for (const detail of details) {
    const step = detail.steps.find(holds);
    if (step) return { run: detail.summary.run, step: step.step };
  }
  return undefined;
}
