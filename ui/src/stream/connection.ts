import { parseEvent, STREAM_EVENTS, type StreamEvent } from './events';

/** How the dashboard hears of changes: `open` is live, `connecting` is the first try, `lost` means it is trying again. */
export type StreamStatus = 'connecting' | 'open' | 'lost';

/** The part of EventSource that is needed, so that tests can bring their own. */
export interface Source {
  onopen: ((event: Event) => void) | null;
  onerror: ((event: Event) => void) | null;
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
}

export interface ConnectionOptions {
  url: string;
  open: (url: string) => Source;
  onStatus: (status: StreamStatus) => void;
  onEvent: (event: StreamEvent) => void;
  /** Something happened while nobody was listening; what is cached may be old. */
  onGap: () => void;
  /** A number from 0 to 1, spreads the reconnects of many dashboards. */
  random?: () => number;
}

const FIRST_WAIT = 500;
const LONGEST_WAIT = 10_000;

/**
 * Server-sent events with a reconnect of its own: the browser's gives up for good when a proxy answers with an error, which is
 * just what happens while a server restarts.
 */
export class StreamConnection {
  private source: Source | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private wasOpen = false;

  constructor(private readonly options: ConnectionOptions) {}

  start(): void {
    this.stop();
    this.options.onStatus('connecting');
    this.connect();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = undefined;
  }

  private connect(): void {
    const source = this.options.open(this.options.url);
    this.source = source;
    source.onopen = () => this.opened();
    source.onerror = () => this.lost(source);
    for (const name of STREAM_EVENTS) {
      source.addEventListener(name, (message) => {
        const event = parseEvent(name, message.data);
        if (event) this.options.onEvent(event);
      });
    }
  }

  private opened(): void {
    this.failures = 0;
    this.options.onStatus('open');
    if (this.wasOpen) this.options.onGap();
    this.wasOpen = true;
  }

  private lost(source: Source): void {
    if (source !== this.source) return;
    source.close();
    this.source = undefined;
    this.wasOpen = true;
    this.options.onStatus('lost');
    this.timer = setTimeout(() => this.connect(), this.wait());
    this.failures += 1;
  }

  private wait(): number {
    const random = this.options.random ?? Math.random;
    return Math.min(FIRST_WAIT * 2 ** this.failures, LONGEST_WAIT) * (0.75 + random() * 0.5);
  }
}
