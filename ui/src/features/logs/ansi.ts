/** A stretch of text in one style. `style` holds class names from a whitelist, nothing that came from the log. */
export interface Span {
  text: string;
  style: string[];
}

const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
const FLAGS: Record<number, string> = { 1: 'bold', 2: 'dim', 3: 'italic', 4: 'underline', 7: 'inverse', 9: 'strike' };
const FLAG_ENDS: Record<number, string[]> = {
  22: ['bold', 'dim'],
  23: ['italic'],
  24: ['underline'],
  27: ['inverse'],
  29: ['strike'],
};

// One alternative for each kind of escape: OSC and other strings up to their end, CSI, and two-character escapes.
const ESCAPE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escapes are control characters
  /\u001b(?:[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\|$)|\[([0-?]*)[ -/]*([@-~]?)|[ -/]*[0-~]?)|[\u0080-\u009f]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: most lines have none of them and are done at once
const SPECIAL = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
// Characters that turn the reading direction can make a line look like another one.
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/g;

/** Colours and weights become spans, every other escape and control character is dropped. */
export function parseAnsi(line: string): Span[] {
  const text = lastOverwrite(line);
  if (!SPECIAL.test(text)) return [{ text, style: [] }];
  const spans: Span[] = [];
  const state = new Style();
  let from = 0;
  for (const match of text.matchAll(ESCAPE)) {
    push(spans, text.slice(from, match.index), state);
    if (match[2] === 'm') state.apply(match[1] ?? '');
    from = match.index + match[0].length;
  }
  push(spans, text.slice(from), state);
  return spans.length > 0 ? spans : [{ text: '', style: [] }];
}

/** A progress bar writes the same line again and again: only the last writing counts. */
function lastOverwrite(line: string): string {
  const trimmed = line.endsWith('\r') ? line.slice(0, -1) : line;
  return trimmed.slice(trimmed.lastIndexOf('\r') + 1);
}

function push(spans: Span[], raw: string, state: Style): void {
  const text = raw.replace(CONTROL, '').replace(DIRECTION, '\ufffd');
  if (text !== '') spans.push({ text, style: state.names() });
}

class Style {
  private readonly flags = new Set<string>();
  private foreground: string | undefined;
  private background: string | undefined;

  names(): string[] {
    return [...this.flags, this.foreground, this.background].filter((name) => name !== undefined);
  }

  apply(parameters: string): void {
    const codes = parameters === '' ? [0] : parameters.split(/[;:]/).map((code) => Number.parseInt(code || '0', 10));
    for (let index = 0; index < codes.length; index += 1) {
      const code = codes[index] ?? 0;
      if (code === 38 || code === 48) {
        // 256 and true colours are left out: their numbers are skipped so that they are not read as something else.
        index += codes[index + 1] === 5 ? 2 : 4;
      } else {
        this.set(code);
      }
    }
  }

  private set(code: number): void {
    if (code === 0) {
      this.flags.clear();
      this.foreground = undefined;
      this.background = undefined;
    } else if (FLAGS[code]) this.flags.add(FLAGS[code]);
    else if (FLAG_ENDS[code]) for (const flag of FLAG_ENDS[code]) this.flags.delete(flag);
    else if (code === 39) this.foreground = undefined;
    else if (code === 49) this.background = undefined;
    else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) this.foreground = COLOURS[code % 10];
    else if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) this.background = `on-${COLOURS[code % 10]}`;
  }
}
