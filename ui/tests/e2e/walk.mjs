import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '../browser.mjs';
import { findPlaces } from './places.mjs';

/**
 * Walks through every room of the dashboard of a server that has run the demo, in both sizes and both colour schemes.
 * TIDEGATE_URL says where the server is, SCREENSHOTS into which folder the pictures go (none are taken without it).
 */
const SIZES = [
  { width: 1280, height: 860 },
  { width: 390, height: 844 },
];
const SCHEMES = ['light', 'dark'];

export async function walk(base, folder) {
  const places = await findPlaces(base);
  if (folder) await mkdir(folder, { recursive: true });
  const browser = await launchBrowser();
  const taken = [];
  try {
    for (const viewport of SIZES) {
      for (const colorScheme of SCHEMES) {
        const context = await browser.newContext({ viewport, colorScheme, locale: 'en-GB', timezoneId: 'UTC' });
        const page = await context.newPage();
        const troubles = listen(page, base);
        for (const place of places) {
          const name = `${place.name}-${viewport.width}-${colorScheme}`;
          await visit(page, base, place, name);
          assert.deepEqual(troubles, [], `${name}: the page had trouble`);
          if (folder) {
            if (place.whole) await grow(page, viewport);
            await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
            if (place.whole) await page.setViewportSize(viewport);
            taken.push(name);
          }
        }
        await context.close();
      }
    }
  } finally {
    await browser.close();
  }
  return taken;
}

/** Makes the window as high as the page, so that a picture shows all of it and what is fixed stays at its edge. */
async function grow(page, { width, height }) {
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(height, Math.min(whole, 4_000)) });
  await page.waitForTimeout(250);
}

/** Everything that must not happen on any page: errors, breaches of the content policy, requests to elsewhere. */
function listen(page, base) {
  const troubles = [];
  page.on('pageerror', (error) => troubles.push(`exception: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && troubles.push(`console: ${message.text()}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(base) && !request.url().startsWith('data:'))
      troubles.push(`request to elsewhere: ${request.url()}`);
  });
  return troubles;
}

async function visit(page, base, place, name) {
  await page.goto(base + place.path, { waitUntil: 'load' });
  await page.locator('h1').first().waitFor({ timeout: 15_000 });
  for (const text of place.shows) {
    await page
      .getByText(text)
      .first()
      .waitFor({ state: 'attached', timeout: 15_000 })
      .catch(() => {
        throw new Error(`${name}: the page never showed ${text}`);
      });
  }
  if (place.graph) await page.locator('.react-flow__node').first().waitFor({ timeout: 15_000 });
  await page.getByText('live', { exact: true }).waitFor({ timeout: 15_000 });
  await page.waitForTimeout(350);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wide <= 0, `${name}: the page is ${wide} pixels wider than the screen`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const base = process.env.TIDEGATE_URL;
  if (!base) throw new Error('TIDEGATE_URL is not set: say where the server is, for example http://127.0.0.1:8080');
  const taken = await walk(base.replace(/\/$/, ''), process.env.SCREENSHOTS);
  console.log(`the dashboard was walked through, ${taken.length} pictures taken`);
}
