// Fetches the flights of the example, flights-3m.parquet of the npm package vega-datasets, into a folder:
//   node fetch-flights.mjs --into FOLDER
// npm installs the version that package-lock.json pins and checks its integrity; the file's own digest is checked here. A
// file that is there and whole is kept, and nothing is downloaded. The file appears in one step, so that several fetches at
// once do not disturb each other.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const FILE = "flights-3m.parquet";
const DIGEST = "sha256:dbeb920c90f59b6ccaff823dcc3d08f25a97fa1ce128d93f40be4e931f5900b0";
const here = dirname(fileURLToPath(import.meta.url));

class Problem extends Error {}

function digest(file) {
  try {
    return `sha256:${createHash("sha256").update(readFileSync(file)).digest("hex")}`;
  } catch (error) {
    if (error.code === "ENOENT") {
      return "missing";
    }
    throw error;
  }
}

function report(line) {
  if (process.env.TIDEGATE_OUTPUT) {
    appendFileSync(process.env.TIDEGATE_OUTPUT, `${JSON.stringify(line)}\n`);
  }
}

/** Lets npm install the pinned package in a folder of its own. */
function install(folder) {
  for (const name of ["package.json", "package-lock.json"]) {
    copyFileSync(join(here, name), join(folder, name));
  }
  const options = ["ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = spawnSync("npm", options, { cwd: folder, stdio: ["ignore", "inherit", "inherit"] });
  if (npm.error?.code === "ENOENT") {
    throw new Problem("npm is missing: install it, for example by apt-get install npm");
  }
  if (npm.error || npm.status !== 0) {
    const how = npm.error?.message ?? (npm.signal ? `signal ${npm.signal}` : `exit code ${npm.status}`);
    throw new Problem(`npm could not install vega-datasets (${how}): is the npm registry reachable?`);
  }
  return join(folder, "node_modules", "vega-datasets", "data", FILE);
}

function fetchInto(target) {
  mkdirSync(target, { recursive: true });
  const place = join(target, FILE);
  const there = digest(place);
  if (there === DIGEST) {
    console.log(`${place} is there and whole`);
    return { place, downloaded: false };
  }
  if (there !== "missing") {
    console.log(`${place} is ${there}, not ${DIGEST}: fetching it again`);
  }
  const folder = mkdtempSync(join(target, ".fetch-"));
  try {
    const fetched = install(folder);
    const found = digest(fetched);
    if (found !== DIGEST) {
      throw new Problem(`vega-datasets holds another ${FILE} than expected: ${found}, not ${DIGEST}`);
    }
    renameSync(fetched, place);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`fetched ${place}`);
  return { place, downloaded: true };
}

try {
  const { values } = parseArgs({ options: { into: { type: "string" } } });
  if (!values.into) {
    throw new Problem("say where to: node fetch-flights.mjs --into FOLDER");
  }
  const { place, downloaded } = fetchInto(resolve(values.into));
  report({ type: "output", name: "flights", value: { file: place, digest: DIGEST, downloaded } });
} catch (error) {
  console.error(`fetching the flights failed: ${error instanceof Problem ? error.message : error}`);
  process.exitCode = 1;
}
