/** `1 234 567`. */
export function figure(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ' ');
}
