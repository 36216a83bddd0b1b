import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';

/**
 * The Chromium that ships inside an npm package; CHROMIUM names another one. The package's own switches are for one process with
 * the web's security off; here the browser runs as users have it, apart from the sandbox, which root cannot have.
 */
export async function launchBrowser() {
  const executablePath = process.env.CHROMIUM ?? (await chromium.executablePath());
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
