const COLOURS: Readonly<Record<string, string | undefined>> = {
  trace: '90',
  debug: '36',
  info: '32',
  warn: '33',
  error: '31',
  fatal: '41;97',
};

/** What stands at the end of a line, whatever its place was. */
const LAST = new Set(['where']);

/** A line of the log as a person reads it: `12:03:04 WARN  a scheduled job failed  error=PoolError`; with colours. */
export function readableLine(json: string): string {
  let line: Record<string, unknown>;
  try {
    line = JSON.parse(json) as Record<string, unknown>;
  } catch {
    return json;
  }
  const { level: given, time, msg, ...fields } = line;
  const level = typeof given === 'string' ? given : 'info';
  const names = Object.keys(fields).sort((a, b) => Number(LAST.has(a)) - Number(LAST.has(b)));
  const more = names.map((name) => `${name}=${wordOf(fields[name])}`).join(' ');
  const word = paint(level.toUpperCase().padEnd(5), COLOURS[level] ?? '0');
  return `${localClock(new Date(String(time)))} ${word} ${String(msg)}${more === '' ? '' : `  ${paint(more, '90')}`}\n`;
}

function paint(text: string, colour: string): string {
  return `\u001b[${colour}m${text}\u001b[0m`;
}

/** By the clock of whoever looks at the screen. */
function localClock(moment: Date): string {
  return [moment.getHours(), moment.getMinutes(), moment.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}

function wordOf(value: unknown): string {
  if (typeof value === 'string' && /^[^\s"=]+$/.test(value)) return value;
  return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value.join(' < ') : JSON.stringify(value);
}
