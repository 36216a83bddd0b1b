import assert from 'node:assert/strict';
import { join } from 'node:path';
import { launchBrowser } from '../browser.mjs';
import { startFixture } from '../fixture-server.mjs';

/** What a person does: rerun, take back, pause, start a run, work by keyboard, and sit out a restart of the server. */
export async function act(fixture, folder) {
  const browser = await launchBrowser();
  const context = await browser.newContext({
    viewport: { width: 1280, height: 860 },
    colorScheme: 'dark',
    locale: 'en-GB',
  });
  const page = await context.newPage();
  const picture = (name) => page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  try {
    for (const [name, action] of ACTIONS) {
      await action(page, fixture, picture).catch((error) => {
        throw new Error(`${name}: ${error.message}`, { cause: error });
      });
      console.log(`ok: ${name}`);
    }
  } finally {
    await browser.close();
  }
}

const ACTIONS = [
  ['a run can be started with checked parameters', startRun],
  ['a failed run is rerun, and recolours without a reload', rerun],
  ['a step is marked with a reason, and what it blocked goes on', mark],
  ['a backfill begins after a look, and is paused and ended', backfill],
  ['a champion is taken back only with a reason', takeBack],
  ['a DAG is paused and resumed', pause],
  ['a log is followed and its beginning loaded', log],
  ['the graph and its panel can be worked by keyboard', keyboard],
  ['a server that goes away and comes back', restart],
];

async function startRun(page, { url }, picture) {
  await page.goto(`${url}/dags/late-arrivals`);
  await page.getByRole('button', { name: 'Run now…' }).click();
  const dialog = page.getByRole('dialog');
  const field = dialog.getByLabel('late_minutes');
  await field.fill('999');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByText('Must be at most 240').waitFor();
  await field.fill('20');
  await dialog.getByLabel('since').fill('2002-01-01');
  await page.getByText('Must be at most 2001-12-31').waitFor();
  await dialog.getByLabel('since').fill('2001-03-05');
  const airports = dialog.getByRole('combobox', { name: 'airports' }).or(dialog.getByLabel('airports')).first();
  await airports.fill('L');
  await airports.press('Enter');
  await page.getByText('L does not match [a-z]{3}').waitFor();
  await picture('form-run');
  await airports.press('Backspace');
  await airports.fill('lax');
  await airports.press('Enter');
  await dialog.getByLabel('region').first().click();
  await page.getByRole('option', { name: 'east' }).click();
  await dialog.getByText('true', { exact: true }).click();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.waitForURL(/\/runs\//);
  for (const value of [
    'late_minutes = 20',
    'since = 2001-03-05',
    'airports = ord,jfk,lax',
    'region = east',
    'dry = true',
  ])
    await page.getByText(value).waitFor();
}

async function rerun(page, { url, world }) {
  const failed = world.runs.find((run) => run.summary.state === 'failed');
  await page.goto(`${url}/runs/${failed.summary.run}`);
  await page.getByRole('button', { name: 'Rerun from failed' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Rerun from failed' }).click();
  await page.locator('.react-flow__node [data-state="running"]').first().waitFor();
  await page.locator('.react-flow__node [data-state="succeeded"]').nth(2).waitFor({ timeout: 15_000 });
}

async function mark(page, { url, world }, picture) {
  const failed = world.runs.find((run) => run.summary.state === 'failed') ?? world.runs[2];
  world.setStep(failed, 'features', 'failed');
  for (const after of ['evaluate', 'refit', 'publish']) world.setStep(failed, after, 'upstream_failed');
  world.setRun(failed, 'failed');
  await page.goto(`${url}/runs/${failed.summary.run}?step=features`);
  await page.getByRole('button', { name: 'Mark…' }).click();
  const dialog = page.getByRole('dialog');
  assert.ok(await dialog.getByRole('button', { name: 'Mark succeeded' }).isDisabled(), 'a mark needs a reason');
  await dialog.getByLabel('Reason').fill('loaded by hand, ticket 4711');
  await picture('form-mark');
  await dialog.getByRole('button', { name: 'Mark succeeded' }).click();
  await page
    .getByText(/^Marked succeeded by local user/)
    .last()
    .waitFor();
  await picture('run-marked');
  await page.locator('.react-flow__node [data-state="running"]').first().waitFor();
}

async function backfill(page, { url, world }, picture) {
  await page.goto(`${url}/dags/late-arrivals?tab=backfills`);
  await page.getByRole('img', { name: /Progress: 9 succeeded, 1 failed/ }).waitFor();
  await picture('dag-backfills');
  await page.getByRole('button', { name: 'Backfill…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('First interval').fill('2001-04-02');
  await dialog.getByLabel('Last interval').fill('2001-06-25');
  await dialog.getByText('Backwards').click();
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await dialog
    .getByText(/it has a run that/)
    .first()
    .waitFor();
  await picture('form-backfill');
  await dialog.getByRole('button', { name: /^Begin/ }).click();
  await page.getByRole('heading', { name: 'Backfill 2' }).waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('Paused', { exact: true }).waitFor();
  assert.equal(world.backfills[0].backfill.state, 'paused');
  await picture('backfill');
  await page.getByRole('button', { name: 'Cancel…' }).click();
  await dialog.getByRole('button', { name: 'Cancel the backfill' }).click();
  await page.getByText('the backfill was cancelled').first().waitFor();
}

async function takeBack(page, { url, world }, picture) {
  await page.goto(`${url}/models/late-arrival?version=2`);
  await page.getByRole('button', { name: 'Take back…' }).click();
  const confirm = page.getByRole('dialog').getByRole('button', { name: 'Take version 2 back' });
  assert.ok(await confirm.isDisabled(), 'without a reason the button must not work');
  await page.getByRole('dialog').getByLabel('Reason').fill('version 4 scores night flights badly');
  await picture('form-take-back');
  await confirm.click();
  await page.getByText('v4 → v2').waitFor();
  assert.equal(world.champion, 2);
}

async function pause(page, { url, world }) {
  await page.goto(url);
  const control = page.getByRole('switch', { name: 'Schedule of late-arrivals' });
  await control.focus();
  await page.keyboard.press('Space');
  await page.getByText('paused', { exact: true }).waitFor();
  assert.equal(world.paused, true);
  await page.keyboard.press('Space');
  await page.getByText('paused', { exact: true }).waitFor({ state: 'detached' });
}

async function log(page, { url, world }) {
  const run = world.runs[3];
  await page.goto(`${url}/runs/${run.summary.run}?step=ingest`);
  const lines = page.getByLabel('Log of ingest, attempt 1');
  await lines.getByText('done').waitFor();
  assert.ok((await lines.locator('[data-index]').count()) < 120, 'only the lines in sight are in the page');
  assert.equal(await lines.getByText('progress 10 %').count(), 0, 'an overwritten line shows its last writing');
  await page.getByRole('button', { name: /Load earlier/ }).click();
  await page.getByRole('button', { name: /Load earlier/ }).waitFor({ state: 'detached' });
}

async function keyboard(page, { url, world }) {
  await page.goto(`${url}/runs/${world.runs[5].summary.run}`);
  const node = page.locator('.react-flow__node button').first();
  await node.waitFor();
  await page
    .getByRole('button', { name: /^publish/ })
    .first()
    .focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Verdict of the gate').waitFor();
  await page.keyboard.press('Tab');
  const outlined = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle !== 'none');
  assert.ok(outlined, 'what has the focus must be seen');
}

async function restart(page, fixture, picture) {
  await page.goto(fixture.url);
  await page.getByText('live', { exact: true }).waitFor();
  // The stream may be there before what it brings up to date.
  await page.getByRole('link', { name: 'late-arrivals' }).first().waitFor();
  await fixture.stop();
  await page.getByText('Reconnecting to the server…').waitFor({ timeout: 10_000 });
  assert.ok(await page.getByRole('link', { name: 'late-arrivals' }).first().isVisible(), 'what was there stays');
  await picture('server-away');
  const again = await startFixture(fixture.port);
  try {
    await page.getByText('Reconnecting to the server…').waitFor({ state: 'detached', timeout: 30_000 });
    await page.getByText('live', { exact: true }).waitFor();
  } finally {
    await again.stop();
  }
}
