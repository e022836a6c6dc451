/** A mark of the axis, `1 234 ₽`; with kopecks only where the marks stand closer than a rouble. */
export function writeAxisMoney(roubles: number, marks: readonly number[]): string {
  const places = marks.every(Number.isInteger) ? 0 : 2;
  const [whole = '0', kopecks] = Math.abs(roubles).toFixed(places).split('.');
  const sign = roubles < 0 ? '−' : '';
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, '\u00a0')}${kopecks ? `,${kopecks}` : ''}\u00a0₽`;
}
