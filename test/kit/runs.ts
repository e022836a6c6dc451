/** How often a model is tried at random, or how much is tried in it: `usual`, as often as `TEST_RUNS_TIMES` says (once where it says nothing). */
export function runs(usual: number): number {
  const times = Number(process.env['TEST_RUNS_TIMES'] ?? 1);
  if (!(times >= 1)) throw new Error('TEST_RUNS_TIMES: a number from 1 on is expected');
  return Math.round(usual * times);
}
