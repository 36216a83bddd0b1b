import type { IconName } from './Icon';

/** What a state is called and which sign it has, so that it is never told by colour alone. */
export interface StateFace {
  word: string;
  icon: IconName;
  moving?: boolean;
}

const FACES: Record<string, StateFace> = {
  queued: { word: 'Queued', icon: 'queue' },
  waiting: { word: 'Waiting', icon: 'wait' },
  resolving: { word: 'Resolving', icon: 'look' },
  launching: { word: 'Launching', icon: 'play' },
  running: { word: 'Running', icon: 'arc', moving: true },
  retrying: { word: 'Retrying', icon: 'retry' },
  cancelling: { word: 'Cancelling', icon: 'stop' },
  stopping: { word: 'Stopping', icon: 'stop' },
  succeeded: { word: 'Succeeded', icon: 'check' },
  failed: { word: 'Failed', icon: 'cross' },
  skipped: { word: 'Skipped', icon: 'skip' },
  upstream_failed: { word: 'Upstream failed', icon: 'blocked' },
  cancelled: { word: 'Cancelled', icon: 'stop' },
  unknown: { word: 'Unknown', icon: 'unknown' },
  candidate: { word: 'Candidate', icon: 'dot' },
  challenger: { word: 'Challenger', icon: 'look' },
  champion: { word: 'Champion', icon: 'crown' },
  rejected: { word: 'Rejected', icon: 'gate' },
  retired: { word: 'Retired', icon: 'skip' },
  paused: { word: 'Paused', icon: 'stop' },
  finished: { word: 'Finished', icon: 'check' },
  left_out: { word: 'Left out', icon: 'skip' },
  open: { word: 'Open', icon: 'alert' },
  resolved: { word: 'Resolved', icon: 'check' },
};

export function stateFace(state: string): StateFace {
  return FACES[state] ?? { word: state, icon: 'unknown' };
}

const TERMINAL = new Set(['succeeded', 'failed', 'skipped', 'upstream_failed', 'cancelled']);

/** Whether nothing happens any more unless a person reruns it. */
export function isTerminal(state: string): boolean {
  return TERMINAL.has(state);
}

/** Worst first: the order in which a person wants to see steps named. */
const ORDER = [
  'failed',
  'upstream_failed',
  'cancelling',
  'retrying',
  'running',
  'resolving',
  'waiting',
  'cancelled',
  'skipped',
  'succeeded',
];

export function severity(state: string): number {
  const index = ORDER.indexOf(state);
  return index < 0 ? ORDER.length : index;
}

export const FAILURE_WORDS: Record<string, string> = {
  user: 'the step’s own program failed',
  platform: 'the machine or cluster failed',
  timeout: 'it ran longer than it may',
  lost: 'the job is gone and nothing says how it ended',
};

export const CLASS_FACES: Record<string, { word: string; icon: IconName; meaning: string }> = {
  raw: { word: 'raw', icon: 'raw', meaning: 'as it arrived; never changes' },
  deterministic: { word: 'deterministic', icon: 'rule', meaning: 'a rule applied to raw or deterministic data' },
  algorithmic: { word: 'algorithmic', icon: 'guess', meaning: 'an algorithm’s guess, or computed from one' },
};
