import type { AlertView } from '@/api/types';
import type { IconName } from '@/shared/Icon';

/** What an event is called, and how loud it is: news is worth knowing but nothing is broken. */
const EVENTS: Record<string, { word: string; icon: IconName; state: string }> = {
  step_failed: { word: 'Step failed', icon: 'cross', state: 'failed' },
  deadline_missed: { word: 'Deadline missed', icon: 'wait', state: 'failed' },
  run_failed: { word: 'Run failed', icon: 'alert', state: 'failed' },
  publication_rejected: { word: 'Publication rejected', icon: 'gate', state: 'rejected' },
  refit_fired: { word: 'Refit fired', icon: 'model', state: 'running' },
  recovered: { word: 'Recovered', icon: 'check', state: 'succeeded' },
};

export function eventFace(event: string) {
  return EVENTS[event] ?? { word: event.replaceAll('_', ' '), icon: 'alert' as const, state: 'failed' };
}

const LOUDNESS = ['failed', 'rejected', 'running', 'succeeded'];

/** Broken things before news, newest first within each. */
export function byLoudness(a: AlertView, b: AlertView): number {
  const loud = (alert: AlertView) => LOUDNESS.indexOf(eventFace(alert.event).state);
  return loud(a) - loud(b) || Date.parse(b.opened_at) - Date.parse(a.opened_at);
}

export function isBroken(alert: AlertView): boolean {
  return eventFace(alert.event).state === 'failed';
}

/** Leaves out that a run failed where it is also told which of its steps did: it is one problem, and the step says more. */
export function withoutEchoes(alerts: AlertView[]): AlertView[] {
  const told = new Set(alerts.filter((alert) => alert.event === 'step_failed').map((alert) => alert.run));
  return alerts.filter((alert) => alert.event !== 'run_failed' || !told.has(alert.run));
}
