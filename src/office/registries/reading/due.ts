/** Whether billing's «К оплате» differs from opening + charged + recalculated − benefit + penalty − paid; undefined when the layout has no such columns. */
export function dueCheck(fields: readonly string[]): ((values: readonly (string | null)[]) => boolean) | undefined {
  const at = (field: string): number => fields.indexOf(field);
  const due = at('due_kopecks');
  const plus = ['opening_kopecks', 'charged_kopecks', 'recalculated_kopecks', 'penalty_kopecks'].map(at);
  const minus = ['benefit_kopecks', 'paid_kopecks'].map(at);
  if ([due, ...plus, ...minus].includes(-1)) return undefined;
  return (values) => {
    let sum = 0;
    for (const index of plus) sum += Number(values[index]);
    for (const index of minus) sum -= Number(values[index]);
    return sum !== Number(values[due]);
  };
}
