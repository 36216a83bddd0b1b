import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';

/**
 * The Chromium that ships inside an npm package; CHROMIUM names another one. The package's own switches are for one process with
 * the web's security off; here the browser runs as users have it, apart from the sandbox, which root cannot have.
 */
export async function launchBrowser() {
  const executablePath = process.env.CHROMIUM ?? (await unpack());
  try {
    return await playwright.launch({
      executablePath,
      args: ['--no-sandbox', '--no-zygote', '--disable-gpu', '--disable-dev-shm-usage'],
    });
  } catch (error) {
    const library = /error while loading shared libraries: (\S+?):/.exec(String(error))?.[1];
    if (library)
      throw new Error(`Chromium needs the system library ${library}: install it, or name another browser in CHROMIUM`, {
        cause: error,
      });
    throw error;
  }
}

/** The package unpacks into the system's temporary folder, where another user's copy may lie: this one is the checkout's own. */
async function unpack() {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = fileURLToPath(new URL('../node_modules/.cache/chromium', import.meta.url));
  try {
    await mkdir(process.env.TMPDIR, { recursive: true });
    return await chromium.executablePath();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}
