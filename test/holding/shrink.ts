/**
 * Delta debugging (ddmin, Zeller): the shortest list that still fails, got by leaving parts out, from halves down to single ones. `fails` is asked
 * at most so often.
 */
export async function shrink<A>(
  whole: readonly A[],
  fails: (part: readonly A[]) => Promise<boolean>,
  most = 200,
): Promise<readonly A[]> {
  let kept = whole;
  let parts = 2;
  let asked = 0;
  while (kept.length > 1 && asked < most) {
    const size = Math.ceil(kept.length / parts);
    let shorter: readonly A[] | undefined;
    // What happened last is most often what is needed: what is left out goes from the beginning.
    for (let from = 0; from < kept.length && asked < most && !shorter; from += size) {
      const without = [...kept.slice(0, from), ...kept.slice(from + size)];
      asked += 1;
      if (await fails(without)) shorter = without;
    }
    if (shorter) {
      kept = shorter;
      parts = Math.max(2, parts - 1);
    } else if (size === 1) break;
    else parts = Math.min(kept.length, parts * 2);
  }
  return kept;
}
