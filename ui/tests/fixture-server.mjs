import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answer } from './fixture/answer.mjs';
import { work } from './fixture/life.mjs';
import { World } from './fixture/world.mjs';

/** The policy the real server sends, so that a page which breaks it is seen here first. */
export const POLICY =
  "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

async function respond(world, request, response, url) {
  const sent = request.method === 'POST' ? JSON.parse((await text(request)) || '{}') : undefined;
  const { status, body, type } = answer(world, request.method, url, sent);
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

async function text(request) {
  let all = '';
  for await (const piece of request) all += piece;
  return all;
}

function stream(world, request, response) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': hello\n\n');
  const listener = (type, body) => response.write(`event: ${type}\ndata: ${JSON.stringify(body)}\n\n`);
  const heartbeat = setInterval(() => response.write(': still here\n\n'), 15_000);
  world.listeners.add(listener);
  request.on('close', () => {
    clearInterval(heartbeat);
    world.listeners.delete(listener);
  });
}

/** The built dashboard; every address that is not a file is the dashboard's own. */
function file(response, path) {
  const wanted = join(DIST, normalize(path));
  const found =
    wanted.startsWith(DIST) && existsSync(wanted) && statSync(wanted).isFile() ? wanted : join(DIST, 'index.html');
  response.writeHead(200, {
    'content-type': TYPES[extname(found)] ?? 'application/octet-stream',
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
  });
  createReadStream(found).pipe(response);
}

/** Starts the server; port 0 means any free one. */
export async function startFixture(port = 0) {
  const world = new World();
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://127.0.0.1');
    if (url.pathname === '/api/v1/stream') return stream(world, request, response);
    if (url.pathname.startsWith('/api/')) {
      return respond(world, request, response, url).catch((error) => {
        console.error(error);
        response.destroy();
      });
    }
    return file(response, url.pathname);
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { world, url: `http://127.0.0.1:${server.address().port}`, port: server.address().port, stop };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url, world } = await startFixture(Number(process.env.PORT ?? 8080));
  const going = world.runs.find((run) => run.summary.state === 'running');
  if (process.env.FIXTURE_LIVE) work(world, going);
  console.log(`fixture server: ${url}`);
}
