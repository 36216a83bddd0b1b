import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packed, { inflate } from '@sparticuz/chromium';
import { chromium } from 'playwright-core';

// The package's own switches are for one process with the web's security off; here the browser runs as users have it, apart from
// the sandbox, which root cannot have.
const SWITCHES = ['--no-sandbox', '--no-zygote', '--disable-gpu', '--disable-dev-shm-usage'];
/** The system's temporary folder may hold another user's copy: this one is the checkout's own. */
const FOLDER = fileURLToPath(new URL('../node_modules/.cache/chromium', import.meta.url));

/** The Chromium that ships inside an npm package; CHROMIUM names another one. */
export async function launchBrowser() {
  const own = process.env.CHROMIUM;
  if (own) return chromium.launch({ executablePath: own, args: SWITCHES });
  await unpack();
  const executablePath = join(FOLDER, 'chromium');
  try {
    return await chromium.launch({ executablePath, args: SWITCHES });
  } catch (error) {
    if (!/error while loading shared libraries/.test(String(error))) throw error;
    // A machine without NSS (Debian's JDK brings it, others do not): the package has the libraries too.
    const env = { ...process.env, LD_LIBRARY_PATH: join(FOLDER, 'al2023', 'lib') };
    return chromium.launch({ executablePath, args: SWITCHES, env });
  }
}

/** Unpacks beside and renames, so that a copy which is there is whole, whoever else unpacks or was stopped half-way. */
async function unpack() {
  if (existsSync(join(FOLDER, 'chromium'))) return;
  const beside = `${FOLDER}-${process.pid}`;
  const before = process.env.TMPDIR;
  // The package unpacks into the temporary folder and into no other.
  process.env.TMPDIR = beside;
  try {
    await mkdir(beside, { recursive: true });
    await packed.executablePath();
    const bin = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..', 'bin');
    await inflate(join(bin, 'al2023.tar.br'));
    await rename(beside, FOLDER).catch((error) => {
      if (!existsSync(join(FOLDER, 'chromium'))) throw error;
    });
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    await rm(beside, { recursive: true, force: true });
  }
}
