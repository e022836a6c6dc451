/** Of rows that hold from a day on (`YYYY-MM-DD`, oldest first), the one that holds on a day; undefined before the first. */
export function inForce<Row extends { from: string }>(rows: readonly Row[], day: string): Row | undefined {
  return rows.findLast((row) => row.from <= day);
}
