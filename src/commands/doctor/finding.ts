/** What was found: all is well, it does harm later, or something does not work now. The sentence of the latter two says what to do. */
export type Finding = { level: 'good' | 'warning' | 'fault'; about: string; says: string };

export type Findings = readonly Finding[];

const finding =
  (level: Finding['level']) =>
  (about: string, says: string): Finding => ({
    level,
    about,
    says: says.startsWith(`${about}: `) ? says.slice(about.length + 2) : says,
  });
export const good = finding('good');
export const warning = finding('warning');
export const fault = finding('fault');

/** One look, which may neither throw nor last: what it could not find out is a fault of what it looked at. `whatNot` says so. */
export type Inspection = { about: string; look: () => Promise<Findings> };

/** Longer than a neighbour that works takes, and short enough to be sat out. */
const LOOK_MS = 15_000;

/** All looks at once, their findings in the order of the looks. */
export async function lookAll(
  looks: readonly Inspection[],
  why: (error: unknown) => string,
  lookMs = LOOK_MS,
): Promise<Finding[]> {
  return (await Promise.all(looks.map((look) => within(look, why, lookMs)))).flat();
}

async function within({ about, look }: Inspection, why: (error: unknown) => string, lookMs: number): Promise<Findings> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Findings>((resolve) => {
    const says = `за ${lookMs / 1000} с ответа нет: проверьте, что он работает и сеть до него есть`;
    timer = setTimeout(() => resolve([fault(about, says)]), lookMs);
  });
  try {
    return await Promise.race([late, look()]);
  } catch (error) {
    return [fault(about, why(error))];
  } finally {
    clearTimeout(timer);
  }
}

/** `3 дня`, `5 часов`, `21 минуту`: how long ago or for how long, whole, in the accusative. */
export function ageOf(since: Date, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - since.getTime()) / 60_000));
  if (minutes < 60) return counted(minutes, ['минуту', 'минуты', 'минут']);
  if (minutes < 48 * 60) return counted(Math.floor(minutes / 60), ['час', 'часа', 'часов']);
  return counted(Math.floor(minutes / 1440), ['день', 'дня', 'дней']);
}

export function counted(count: number, [one, few, many]: readonly [string, string, string]): string {
  const [tens, units] = [count % 100, count % 10];
  const word = tens >= 11 && tens <= 14 ? many : units === 1 ? one : units >= 2 && units <= 4 ? few : many;
  return `${count} ${word}`;
}
