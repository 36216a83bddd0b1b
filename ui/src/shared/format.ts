/** Numbers, times and sizes as people read them. Pure; the present is always given. */

export function duration(milliseconds: number): string {
  if (!Number.isFinite(milliseconds) || milliseconds < 0) return '–';
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1_000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** Time between two instants, or from the first until now while it goes on. */
export function elapsed(started: string | undefined, finished: string | undefined, now: number): string {
  if (!started) return '–';
  const end = finished ? Date.parse(finished) : now;
  return duration(Math.max(0, end - Date.parse(started)));
}

/** `3 min ago`, `in 2 h`. */
export function relative(instant: string | undefined, now: number): string {
  if (!instant) return '–';
  const difference = Date.parse(instant) - now;
  if (Math.abs(difference) < 10_000) return 'just now';
  const text = coarse(Math.abs(difference));
  return difference < 0 ? `${text} ago` : `in ${text}`;
}

function coarse(milliseconds: number): string {
  const seconds = milliseconds / 1_000;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3_570) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3_600) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

const CLOCK = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
});
const DAY = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' });

/** The time of day, with the day when it is not today. In the reader's zone. */
export function clock(instant: string | undefined, now: number): string {
  if (!instant) return '–';
  const at = new Date(instant);
  const time = CLOCK.format(at);
  const day = DAY.format(at);
  return day === DAY.format(new Date(now)) ? time : `${day} ${time}`;
}

const COUNT = new Intl.NumberFormat('en-GB');

export function count(value: number | undefined): string {
  return value === undefined ? '–' : COUNT.format(value);
}

export function bytes(value: number | undefined): string {
  if (value === undefined) return '–';
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let amount = value;
  let unit = 0;
  while (amount >= 999.5 && unit < units.length - 1) {
    amount /= 1_000;
    unit += 1;
  }
  return `${unit === 0 || amount >= 99.5 ? Math.round(amount) : amount.toFixed(1)} ${units[unit]}`;
}

/** Four significant digits, whole numbers whole: what a person compares. */
export function metric(value: number | undefined): string {
  if (value === undefined) return '–';
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return COUNT.format(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.0005 || size >= 1e7)) return value.toExponential(2);
  if (size >= 1_000) return COUNT.format(Math.round(value));
  return value.toFixed(size >= 100 ? 1 : size >= 10 ? 2 : 4);
}

/** A signed difference, for a comparison. */
export function difference(value: number): string {
  const text = metric(Math.abs(value));
  if (Number(text) === 0) return '±0';
  return value > 0 ? `+${text}` : `−${text}`;
}

/** `log_loss` as `log loss`. */
export function words(name: string): string {
  return name.replaceAll('_', ' ');
}

export function sentenceCase(name: string): string {
  const text = words(name);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Enough of an identity to tell two apart: the end of a time-ordered one. */
export function shortId(id: string): string {
  return id.length <= 12 ? id : id.slice(-8);
}

export function shortHash(hash: string): string {
  return hash.replace(/^sha256:/, '').slice(0, 10);
}

export function plural(amount: number, one: string, many = `${one}s`): string {
  return `${count(amount)} ${amount === 1 ? one : many}`;
}
