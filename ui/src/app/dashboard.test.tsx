import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { openDashboard } from '@/test/dashboard';
import type { World } from '../../tests/fixture/world.mjs';

const failedRun = (world: World) => world.runs.find((run) => run.summary.state === 'failed')?.summary.run ?? '';
const FAILED = '/runs/018f3a7c-5e21-7b40-9c1d-a1b2c3d4e00e';

describe('the first page', () => {
  it('says first what is wrong, why, and what hangs on it', async () => {
    openDashboard('/');
    expect(await screen.findByRole('heading', { name: '1 DAG needs you' })).toBeDefined();
    const alert = await screen.findByRole('article', { name: /Step failed/ });
    expect(within(alert).getByText(/exit code 137/)).toBeDefined();
    expect(within(alert).getByText(/OutOfMemoryError/)).toBeDefined();
    expect(within(alert).getByText(/evaluate, refit, publish/)).toBeDefined();
    expect(await within(alert).findByRole('button', { name: 'Rerun' })).toBeDefined();
  });

  it('is calm when nothing is', async () => {
    openDashboard('/', (world) => world.alerts.splice(0));
    expect(await screen.findByRole('heading', { name: 'Nothing is wrong' })).toBeDefined();
    expect(await screen.findByRole('link', { name: /2001-04-09: failed/ })).toBeDefined();
  });

  it('shows what is hostile as plain text', async () => {
    const { container } = openDashboard('/', (world) => {
      for (const alert of world.alerts) alert.message = '<img src=x onerror="alert(1)">';
    });
    expect((await screen.findAllByText('<img src=x onerror="alert(1)">')).length).toBeGreaterThan(0);
    expect(container.querySelector('img')).toBeNull();
  });

  it('keeps what it has and says so when the server goes away', async () => {
    const { network, loseStream } = openDashboard('/');
    await screen.findByText('live');
    await screen.findAllByRole('link', { name: 'late-arrivals' });
    network.away = true;
    act(() => loseStream());
    expect(await screen.findByText('Reconnecting to the server…', undefined, { timeout: 4_000 })).toBeDefined();
    expect(screen.getByRole('heading', { name: '1 DAG needs you' })).toBeDefined();
  });

  it('polls quietly when only the event stream is gone', async () => {
    const { loseStream, requests } = openDashboard('/');
    await screen.findByText('live');
    act(() => loseStream());
    await waitFor(() => expect(requests.some((request) => request.path === '/api/v1/server')).toBe(true));
    expect(screen.queryByText('Reconnecting to the server…')).toBeNull();
  });
});

describe('the versions of a DAG', () => {
  it('say what each of them changed', async () => {
    openDashboard('/dags/late-arrivals?tab=versions');
    const changes = await screen.findByRole('list', { name: 'What version 2 changed' });
    expect(within(changes).getByText(/step refit: timeout 20m -> 40m/)).toBeDefined();
    expect(within(changes).getByText(/step sample removed/)).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'Show what version 1 changed' }));
    expect(await screen.findByText('the first version')).toBeDefined();
  });
});

describe('a run', () => {
  it('opens on the step that failed, with its failure in words', async () => {
    openDashboard(FAILED, (world) => expect(`/runs/${failedRun(world)}`).toBe(FAILED));
    expect(await screen.findByRole('heading', { name: /features/ })).toBeDefined();
    expect(await screen.findByText(/Failed \(user\): the step’s own program failed, exit code 137/)).toBeDefined();
    const attempts = await screen.findByRole('table', { name: 'Attempts' });
    expect(within(attempts).getAllByText('Failed').length).toBe(2);
  });

  it('offers only what the server allows', async () => {
    openDashboard(FAILED, (world) => {
      for (const run of world.runs) run.allowed_actions = [];
      for (const step of world.runs.flatMap((run) => run.steps)) step.allowed_actions = [];
    });
    await screen.findByRole('table', { name: 'Attempts' });
    expect(screen.queryByRole('button', { name: /Rerun|Cancel/ })).toBeNull();
  });

  it('reruns from what failed after a confirmation, with the reason', async () => {
    const { requests } = openDashboard(FAILED);
    await userEvent.click(await screen.findByRole('button', { name: 'Rerun from failed' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText(/features, evaluate, refit, publish go back to waiting/)).toBeDefined();
    await userEvent.type(within(dialog).getByLabelText(/Reason/), 'more memory');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Rerun from failed' }));
    await waitFor(() =>
      expect(requests.find((request) => request.path.endsWith('/rerun'))?.body).toEqual({
        from: 'failed',
        reason: 'more memory',
      }),
    );
  });

  it('marks a step only with a reason, and says then by whom', async () => {
    const { requests } = openDashboard(FAILED);
    await userEvent.click(await screen.findByRole('button', { name: 'Mark…' }));
    const dialog = await screen.findByRole('dialog');
    const confirm = within(dialog).getByRole('button', { name: 'Mark succeeded' });
    expect(confirm.hasAttribute('disabled')).toBe(true);
    await userEvent.type(within(dialog).getByLabelText(/Reason/), 'loaded by hand');
    await userEvent.click(confirm);
    expect(await screen.findByText(/Marked succeeded by local user/)).toBeDefined();
    expect(requests.find((request) => request.path.endsWith('/features/mark'))?.body).toEqual({
      state: 'succeeded',
      reason: 'loaded by hand',
    });
  });

  it('reruns one step alone with the latest version', async () => {
    const { requests } = openDashboard(FAILED);
    await userEvent.click(await screen.findByRole('button', { name: 'Rerun from here' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(within(dialog).getByLabelText('Also every step after it'));
    await userEvent.click(within(dialog).getByLabelText('With the latest version of the DAG'));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Rerun this step' }));
    await waitFor(() =>
      expect(requests.find((request) => request.path.endsWith('/rerun'))?.body).toEqual({
        from: 'step',
        step: 'features',
        only: true,
        version: 'latest',
      }),
    );
  });

  it('recolours a step when the stream says so', async () => {
    const { world } = openDashboard('/runs/018f3a7c-5e21-7b40-9c1d-a1b2c3d4f00f?step=features');
    const list = await screen.findByRole('button', { name: /features transform.*Running/ });
    expect(list).toBeDefined();
    const run = world.runs.find((each) => each.summary.state === 'running');
    act(() => run && world.setStep(run, 'features', 'succeeded'));
    expect(await screen.findByRole('button', { name: /features transform.*Succeeded/ })).toBeDefined();
  });

  it('shows how far the running step is, and goes on when the stream says so', async () => {
    const { world } = openDashboard('/runs/018f3a7c-5e21-7b40-9c1d-a1b2c3d4f00f?step=features');
    const bars = await screen.findAllByRole('progressbar', { name: 'Progress of features' });
    expect(bars.map((bar) => bar.getAttribute('aria-valuetext'))).toEqual(
      bars.map(() => '42 %, stage 3 of 7, 41 of 97 tasks'),
    );
    const run = world.runs.find((each) => each.summary.state === 'running');
    act(() =>
      world.tell('progress', {
        run: run?.summary.run,
        step: 'features',
        attempt: 1,
        fraction: 0.9,
        message: 'stage 7 of 7',
      }),
    );
    await waitFor(() => expect(bars.map((bar) => bar.getAttribute('aria-valuenow'))).toEqual(bars.map(() => '90')));
    act(() => run && world.setStep(run, 'features', 'succeeded'));
    await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull());
  });

  it('links the pages of the cluster, and nothing that is no address of the web', async () => {
    openDashboard('/runs/018f3a7c-5e21-7b40-9c1d-a1b2c3d4f00f?step=features');
    const attempts = await screen.findByRole('table', { name: 'Attempts' });
    const link = within(attempts).getByRole('link', { name: 'Application of attempt 1, opens in a new tab' });
    expect(link.getAttribute('href')).toBe('http://resource-manager:8088/proxy/application_1_0001/');
    expect(link.getAttribute('target')).toBe('_blank');
    expect(link.getAttribute('rel')).toContain('noopener');
    expect(within(attempts).getByRole('link', { name: /History server/ })).toBeDefined();
  });

  it('tells what the cluster warned of beside the attempt', async () => {
    openDashboard('/runs/018f3a7c-5e21-7b40-9c1d-a1b2c3d48008?step=cleanse');
    const warnings = await screen.findByRole('list', { name: 'Warnings of attempt 2' });
    expect(warnings.textContent).toContain('FailedScheduling (4 times): 0/3 nodes are available');
    expect(screen.queryByRole('list', { name: 'Warnings of attempt 1' })).toBeNull();
  });

  it('that is not there is said in the server’s words', async () => {
    openDashboard('/runs/no-such-run');
    expect(await screen.findByText('there is no run no-such-run')).toBeDefined();
  });
});

describe('other rooms', () => {
  it('shows the champion, its history and what a version was trained on', async () => {
    openDashboard('/models/late-arrival?version=3');
    expect(await screen.findByRole('heading', { name: /late-arrival Champion version 4/ })).toBeDefined();
    expect(screen.getByRole('heading', { name: 'Trained on 8 partitions' })).toBeDefined();
    expect(screen.getAllByText(/2 of 3 rules fail/).length).toBeGreaterThan(0);
    expect(screen.queryByRole('button', { name: 'Take back…' })).toBeNull();
  });

  it('tells data classes apart in words', async () => {
    openDashboard('/datasets');
    const list = await screen.findByRole('list', { name: 'Datasets of late-arrivals' });
    expect(within(list).getByText('raw')).toBeDefined();
    expect(within(list).getAllByText('deterministic').length).toBe(3);
    expect(within(list).getByText('algorithmic')).toBeDefined();
  });

  it('shows the server’s refusal next to the form that was refused', async () => {
    openDashboard('/dags/late-arrivals');
    await userEvent.click(await screen.findByRole('button', { name: 'Run now…' }));
    const dialog = await screen.findByRole('dialog');
    const field = within(dialog).getByLabelText(/late_minutes/);
    await userEvent.clear(field);
    await userEvent.type(field, '13');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Run' }));
    expect(await within(dialog).findByText('late_minutes 13 brings bad luck')).toBeDefined();
  });

  it('begins a backfill only after a look at what would run', async () => {
    const { requests } = openDashboard('/dags/late-arrivals');
    await userEvent.click(await screen.findByRole('button', { name: 'Backfill…' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText('First interval'), '2001-12-31');
    await userEvent.type(within(dialog).getByLabelText('Last interval'), '2002-01-14');
    await userEvent.click(within(dialog).getByText('Backwards'));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Preview' }));
    expect(await within(dialog).findByText('3 of 3 intervals')).toBeDefined();
    expect(requests.some((request) => request.path.endsWith('/backfills') && request.body)).toBe(false);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Begin 3 runs' }));
    expect(await screen.findByRole('heading', { name: 'Backfill 2' })).toBeDefined();
    expect(requests.find((request) => request.path.endsWith('/backfills') && request.body)?.body).toMatchObject({
      from: '2001-12-31',
      to: '2002-01-14',
      backwards: true,
    });
    expect(await screen.findByRole('img', { name: 'Progress: 3 waiting' })).toBeDefined();
  });

  it('pauses and cancels a backfill where it is seen', async () => {
    const { requests } = openDashboard('/dags/late-arrivals?tab=backfills');
    const list = await screen.findByRole('list', { name: 'Backfills of late-arrivals' });
    expect(within(list).getByText(/9 succeeded, 1 failed, 2 running/)).toBeDefined();
    await userEvent.click(within(list).getByRole('button', { name: 'Pause' }));
    await userEvent.click(await within(list).findByRole('button', { name: 'Cancel…' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(within(dialog).getByLabelText('Leave runs that go to their end'));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel the backfill' }));
    await waitFor(() =>
      expect(requests.find((request) => request.path.endsWith('/cancel'))?.body).toEqual({ running: 'leave' }),
    );
    expect(await within(list).findByText('Cancelled')).toBeDefined();
  });

  it('says of a paused DAG who paused it and what unpausing would do', async () => {
    openDashboard('/dags/late-arrivals', (world) => {
      world.paused = true;
      world.pause = {
        at: new Date(Date.now() - 7_200_000).toISOString(),
        actor: 'ada',
        reason: 'the source is down',
        missed_intervals: 12,
        due_runs: 1,
      };
    });
    const notice = await screen.findByText(/Paused by ada/);
    expect(notice.textContent).toMatch(
      /the source is down\. 12 intervals ended meanwhile; unpausing makes 1 run of them/,
    );
  });

  it('shows the next fires in the schedule’s own zone', async () => {
    openDashboard('/dags/late-arrivals');
    const fires = await screen.findByRole('table', { name: 'Next fires' });
    expect(within(fires).getByRole('columnheader', { name: 'Due (America/New_York)' })).toBeDefined();
    expect(within(fires).getAllByRole('row')[1]?.textContent).toBe('2001-04-02 00:002001-03-26 00:00');
  });

  it('shows resolved alerts on the alerts page only when asked', async () => {
    openDashboard('/alerts?show=open');
    expect((await screen.findAllByRole('article')).length).toBe(2);
    await userEvent.click(screen.getByText('Resolved'));
    await waitFor(() => expect(screen.getAllByRole('article').length).toBe(3));
  });

  it('shows who has places of a pool and who waits for what, and resizes it with a reason', async () => {
    const { requests } = openDashboard('/pools');
    const attempts = await screen.findByRole('list', { name: 'Attempts at pool spark' });
    expect(within(attempts).getAllByRole('listitem')[0]?.textContent).toMatch(/evaluatehas 2 places/);
    expect(within(attempts).getByText(/waits for 2 places of pool spark, of which 1 of 3 are free/)).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'Resize…' }));
    const dialog = await screen.findByRole('dialog');
    const places = within(dialog).getByLabelText('Places');
    await userEvent.clear(places);
    await userEvent.type(places, '4');
    await userEvent.type(within(dialog).getByLabelText(/Reason/), 'one more machine');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Resize' }));
    await waitFor(() =>
      expect(requests.find((request) => request.path.endsWith('/pools/spark'))?.body).toEqual({
        places: 4,
        reason: 'one more machine',
      }),
    );
    expect(await screen.findByText('2 of 4 places used, 2 free')).toBeDefined();
  });

  it('shows the servers with what they own, and which loop is silent', async () => {
    openDashboard('/nodes');
    const servers = await screen.findByRole('list', { name: 'Servers' });
    const [first, second] = within(servers).getAllByRole('listitem');
    expect(first?.textContent).toMatch(/machine-1:8080alive.*2 runs, 3 attempts.*lease renewed 1.2 s ago/);
    expect(second?.textContent).toMatch(/machine-2:8080draining.*0 runs, 0 attempts.*silent: claim for 45 s/);
  });
});

describe('a step that runs another DAG', () => {
  it('shows the run that it started, which opens, and leads there', async () => {
    openDashboard(`${FAILED}?step=cleanse`, (world) => {
      for (const step of world.runs.flatMap((run) => run.steps)) {
        if (step.step === 'cleanse') {
          step.sub_run = {
            run: FAILED.slice('/runs/'.length),
            dag: 'region',
            state: 'failed',
            failed_steps: ['count'],
            steps: { succeeded: 2, failed: 1 },
          };
        }
      }
    });
    const link = await screen.findByRole('link', { name: /^region \// });
    expect(link.getAttribute('href')).toBe(FAILED);
    const opened = link.closest('details');
    expect(opened && within(opened).queryAllByRole('listitem')).toHaveLength(0);
    if (opened) opened.open = true;
    expect(await within(opened ?? document.body).findByRole('link', { name: 'ingest' })).toBeDefined();
  });
});
