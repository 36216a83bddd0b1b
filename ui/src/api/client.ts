import createClient from 'openapi-fetch';
import type { components, paths } from './schema';

export type Problem = components['schemas']['Problem'];

/** The server's refusal, in its own words. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    readonly status: number,
    readonly problem: Problem | undefined,
  ) {
    super(problem?.detail || problem?.title || `the server answered with status ${status}`);
  }
}

/** The server could not be reached at all. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

export const api = createClient<paths>({
  baseUrl: globalThis.location?.origin ?? '',
  fetch: (request: Request) => globalThis.fetch(request),
});

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a good answer; everything else becomes an error that says what is wrong. */
export async function body<T>(answer: Promise<Answer<T>>): Promise<T> {
  let settled: Answer<T>;
  try {
    settled = await answer;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new UnreachableError('the server cannot be reached', { cause });
  }
  if (settled.response.ok && settled.data !== undefined) {
    return settled.data;
  }
  throw new ApiError(settled.response.status, isProblem(settled.error) ? settled.error : undefined);
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'title' in value;
}

/** One sentence for people. */
export function sentence(error: unknown): string {
  if (error instanceof ApiError) {
    const more = error.problem?.errors ?? [];
    return more.length > 0 ? `${error.message}: ${more.join('; ')}` : error.message;
  }
  if (error instanceof UnreachableError) return 'The server cannot be reached. Is it running?';
  return error instanceof Error ? error.message : String(error);
}
