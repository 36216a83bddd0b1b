/** The fire and clear levels of a threshold, read out of the rule as people write it. */
export interface Level {
  sign: string;
  value: number;
}

export interface Levels {
  fire: Level | undefined;
  clear: Level | undefined;
}

const NUMBER = '"?\\s*(<=|>=|<|>)\\s*(-?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?)';
const FIRE = new RegExp(`fire[sd]?\\b[^<>\\d]*${NUMBER}`);
const CLEAR = new RegExp(`clear(?:s|ed)?\\b[^<>\\d]*${NUMBER}`);
const FIRST = new RegExp(NUMBER);

export function levels(rule: string): Levels {
  return { fire: level(FIRE.exec(rule) ?? FIRST.exec(rule)), clear: level(CLEAR.exec(rule)) };
}

function level(match: RegExpExecArray | null): Level | undefined {
  return match?.[1] && match[2] ? { sign: match[1], value: Number(match[2]) } : undefined;
}
