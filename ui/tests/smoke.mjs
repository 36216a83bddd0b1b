import { fileURLToPath } from 'node:url';
import { walk } from './e2e/walk.mjs';
import { startFixture } from './fixture-server.mjs';
import { act } from './smoke/actions.mjs';

/** The built dashboard in a real browser against the fixture server: every room, then what people do in them. */
const folder = process.env.SCREENSHOTS ?? fileURLToPath(new URL('shots', import.meta.url));
const fixture = await startFixture();
try {
  const taken = await walk(fixture.url, folder);
  console.log(`walked through every room, ${taken.length} pictures in ${folder}`);
  await act(fixture, folder);
} finally {
  await fixture.stop();
}
