import type { JobProgress, RunState, StepState } from '@/api/types';

export const STREAM_EVENTS = ['run', 'step', 'progress', 'alert', 'model', 'dag'] as const;

/** What the server says happened. The body is small; details are fetched. */
export type StreamEvent =
  | { type: 'run'; run: string; dag: string; state: RunState }
  | { type: 'step'; run: string; step: string; state: StepState }
  | { type: 'progress'; run: string; step: string; attempt: number; progress: JobProgress }
  | { type: 'alert'; state: string }
  | { type: 'model'; model: string }
  | { type: 'dag'; dag: string };

/** The event, or nothing when the body is not what it should be: one odd message must not stop the page. */
export function parseEvent(type: (typeof STREAM_EVENTS)[number], data: string): StreamEvent | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(data);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const body = parsed as Record<string, unknown>;
  const text = (name: string) => (typeof body[name] === 'string' ? (body[name] as string) : undefined);
  const run = text('run');
  const step = text('step');
  const dag = text('dag');
  const state = text('state');
  const model = text('model');
  switch (type) {
    case 'run':
      return run && state ? { type, run, dag: dag ?? '', state: state as RunState } : undefined;
    case 'step':
      return run && step && state ? { type, run, step, state: state as StepState } : undefined;
    case 'progress':
      return run && step && typeof body.attempt === 'number' && typeof body.fraction === 'number'
        ? {
            type,
            run,
            step,
            attempt: body.attempt,
            progress: { fraction: body.fraction, message: text('message') ?? '' },
          }
        : undefined;
    case 'alert':
      return { type, state: state ?? '' };
    case 'model':
      return model ? { type, model } : undefined;
    case 'dag':
      return dag ? { type, dag } : undefined;
  }
}
