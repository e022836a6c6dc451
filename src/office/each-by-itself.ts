/**
 * Does this with each in turn, as long as `goesOn`. One that fails hides none of those after it: `onFailed` hears of it, and at the end all are
 * thrown as one.
 */
export async function eachByItself<Item>(
  items: Iterable<Item>,
  work: (item: Item) => Promise<unknown>,
  onFailed: (item: Item, error: unknown) => void = () => undefined,
  goesOn: () => boolean = () => true,
): Promise<void> {
  const failures: unknown[] = [];
  for (const item of items) {
    if (!goesOn()) break;
    try {
      await work(item);
    } catch (error) {
      onFailed(item, error);
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of several failed`);
}
