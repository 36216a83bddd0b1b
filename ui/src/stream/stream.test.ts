import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it, vi } from 'vitest';
import { keys } from '@/api/query';
import type { RunDetail, StepDetail } from '@/api/types';
import { World } from '../../tests/fixture/world.mjs';
import { applyEvent, Refresher } from './apply';
import { type Source, StreamConnection, type StreamStatus } from './connection';
import { parseEvent, type StreamEvent } from './events';
import { mergeAttemptProgress, mergeProgress, mergeRun, mergeStep } from './merge';

function running(): RunDetail {
  const run = new World().runs.find((each) => each.summary.state === 'running');
  if (!run) throw new Error('the fixture has no running run');
  return run;
}

describe('merging events', () => {
  it('recolours a step and counts it where it stands now', () => {
    const before = running();
    const after = mergeStep(before, before.summary.run, 'features', 'succeeded');
    expect(after.steps.find((step) => step.step === 'features')?.state).toBe('succeeded');
    expect(after.summary.steps).toEqual({ succeeded: 3, waiting: 3 });
    expect(before.summary.steps.running).toBe(1);
  });

  it('gives back the same object when nothing changes', () => {
    const detail = running();
    const { run } = detail.summary;
    expect(mergeStep(detail, run, 'features', 'running')).toBe(detail);
    expect(mergeStep(detail, run, 'no-such-step', 'failed')).toBe(detail);
    expect(mergeStep(detail, 'another-run', 'features', 'failed')).toBe(detail);
    expect(mergeRun(detail, run, 'running')).toBe(detail);
  });

  it('moves the bar of a step that runs, and of no other', () => {
    const before = running();
    const progress = { fraction: 0.9, message: 'stage 7 of 7' };
    const after = mergeProgress(before, 'features', progress);
    expect(after.steps.find((step) => step.step === 'features')?.progress).toEqual(progress);
    expect(mergeProgress(after, 'features', { ...progress })).toBe(after);
    expect(mergeProgress(before, 'ingest', progress)).toBe(before);
    const ended = mergeStep(after, after.summary.run, 'features', 'succeeded');
    expect(ended.steps.find((step) => step.step === 'features')?.progress).toBeUndefined();
  });

  it('moves the bar of the attempt that runs', () => {
    const attempts = [
      { number: 1, state: 'failed' },
      { number: 2, state: 'running' },
    ];
    const detail = { attempts } as StepDetail;
    const progress = { fraction: 0.5, message: '' };
    expect(mergeAttemptProgress(detail, 2, progress).attempts[1]?.progress).toEqual(progress);
    expect(mergeAttemptProgress(detail, 1, progress)).toBe(detail);
  });

  it('asks nothing again for progress', () => {
    const client = new QueryClient();
    const detail = running();
    const { run } = detail.summary;
    client.setQueryData(keys.run(run), detail);
    const progress = { fraction: 0.9, message: '' };
    expect(applyEvent(client, { type: 'progress', run, step: 'features', attempt: 1, progress })).toEqual([]);
    expect(JSON.stringify(client.getQueryData(keys.run(run)))).toContain('"fraction":0.9');
  });

  it('reaches every cached place where a run is shown', () => {
    const client = new QueryClient();
    const detail = running();
    const { run, dag } = detail.summary;
    client.setQueryData(keys.run(run), detail);
    client.setQueryData(keys.runs({ dag }), { pages: [{ items: [detail.summary] }], pageParams: [''] });
    client.setQueryData(keys.dags, { items: [{ dag, recent_runs: [detail.summary] }] });
    applyEvent(client, { type: 'run', run, dag, state: 'failed' });
    expect(JSON.stringify(client.getQueryData(keys.run(run)))).toContain('"state":"failed"');
    expect(JSON.stringify(client.getQueryData(keys.runs({ dag })))).toContain('"state":"failed"');
    expect(JSON.stringify(client.getQueryData(keys.dags))).toContain('"state":"failed"');
  });

  it('asks again once for many events', () => {
    vi.useFakeTimers();
    const client = new QueryClient();
    const asked = vi.spyOn(client, 'invalidateQueries');
    const refresher = new Refresher(client, 100);
    for (let event = 0; event < 500; event += 1) refresher.add([keys.run('r'), keys.dags]);
    vi.advanceTimersByTime(100);
    expect(asked).toHaveBeenCalledTimes(2);
  });
});

describe('reading events', () => {
  it('understands the server’s bodies', () => {
    expect(parseEvent('step', '{"run":"r","step":"s","state":"failed"}')).toEqual({
      type: 'step',
      run: 'r',
      step: 's',
      state: 'failed',
    });
    expect(parseEvent('model', '{"model":"m","accepted":true}')).toEqual({ type: 'model', model: 'm' });
    expect(parseEvent('alert', '{"dag":"d","state":"open"}')).toEqual({ type: 'alert', state: 'open' });
  });

  it('understands progress', () => {
    expect(parseEvent('progress', '{"run":"r","step":"s","attempt":2,"fraction":0.4,"message":"m"}')).toEqual({
      type: 'progress',
      run: 'r',
      step: 's',
      attempt: 2,
      progress: { fraction: 0.4, message: 'm' },
    });
  });

  it('leaves out what is not one', () => {
    expect(parseEvent('progress', '{"run":"r","step":"s","attempt":2}')).toBeUndefined();
    expect(parseEvent('run', 'not json')).toBeUndefined();
    expect(parseEvent('run', '{"run":7}')).toBeUndefined();
    expect(parseEvent('alert', 'null')).toBeUndefined();
  });
});

class FakeSource implements Source {
  onopen: Source['onopen'] = null;
  onerror: Source['onerror'] = null;
  closed = false;
  addEventListener(): void {}
  close(): void {
    this.closed = true;
  }
}

describe('the connection', () => {
  function connect() {
    vi.useFakeTimers();
    const sources: FakeSource[] = [];
    const statuses: StreamStatus[] = [];
    const gaps = vi.fn();
    const events: StreamEvent[] = [];
    const connection = new StreamConnection({
      url: '/stream',
      open: () => {
        const source = new FakeSource();
        sources.push(source);
        return source;
      },
      onStatus: (status) => statuses.push(status),
      onEvent: (event) => events.push(event),
      onGap: gaps,
      random: () => 0.5,
    });
    connection.start();
    return { connection, sources, statuses, gaps };
  }

  it('opens without a gap, and reports one after each reconnect', () => {
    const { sources, statuses, gaps } = connect();
    sources[0]?.onopen?.(new Event('open'));
    expect(gaps).not.toHaveBeenCalled();
    sources[0]?.onerror?.(new Event('error'));
    expect(statuses).toEqual(['connecting', 'open', 'lost']);
    vi.advanceTimersByTime(500);
    sources[1]?.onopen?.(new Event('open'));
    expect(gaps).toHaveBeenCalledTimes(1);
    expect(statuses.at(-1)).toBe('open');
  });

  it('waits longer after each failure, but never for ever', () => {
    const { sources } = connect();
    for (const wait of [500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]) {
      const known = sources.length;
      sources.at(-1)?.onerror?.(new Event('error'));
      vi.advanceTimersByTime(wait - 1);
      expect(sources.length).toBe(known);
      vi.advanceTimersByTime(1);
      expect(sources.length).toBe(known + 1);
    }
  });

  it('stops for good when told', () => {
    const { connection, sources } = connect();
    sources[0]?.onerror?.(new Event('error'));
    connection.stop();
    vi.advanceTimersByTime(60_000);
    expect(sources.length).toBe(1);
    expect(sources[0]?.closed).toBe(true);
  });
});
