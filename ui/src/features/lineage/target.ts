/** Where a node of the lineage graph leads. */
export function target(id: string) {
  const dataset = /^dataset:([^/]+)\/([^@]+)(?:@(.+))?$/.exec(id);
  if (dataset?.[1] && dataset[2]) {
    const params = { dag: dataset[1], dataset: dataset[2] };
    return { to: '/datasets/$dag/$dataset', params, search: dataset[3] ? { partition: dataset[3] } : {} } as const;
  }
  const step = /^step:([^/]+)\/([^/]+)\/\d+$/.exec(id);
  if (step?.[1] && step[2]) return { to: '/runs/$run', params: { run: step[1] }, search: { step: step[2] } } as const;
  const model = /^model:([^@]+)(?:@(\d+))?$/.exec(id);
  if (model?.[1]) {
    const search = model[2] ? { version: Number(model[2]) } : {};
    return { to: '/models/$model', params: { model: model[1] }, search } as const;
  }
  return undefined;
}
