import { expect, it } from 'vitest';
import { target } from './target';

it('leads from a node of the lineage graph to the page that shows it', () => {
  expect(target('dataset:late-arrivals/clean_flights@2001-01-08')).toEqual({
    to: '/datasets/$dag/$dataset',
    params: { dag: 'late-arrivals', dataset: 'clean_flights' },
    search: { partition: '2001-01-08' },
  });
  expect(target('step:018f/cleanse/2')).toEqual({
    to: '/runs/$run',
    params: { run: '018f' },
    search: { step: 'cleanse' },
  });
  expect(target('model:late-arrival@2')).toEqual({
    to: '/models/$model',
    params: { model: 'late-arrival' },
    search: { version: 2 },
  });
  expect(target('model:late-arrival')).toEqual({ to: '/models/$model', params: { model: 'late-arrival' }, search: {} });
  expect(target('dataset:late-arrivals/codes')).toEqual({
    to: '/datasets/$dag/$dataset',
    params: { dag: 'late-arrivals', dataset: 'codes' },
    search: {},
  });
  expect(target('something else')).toBeUndefined();
});
