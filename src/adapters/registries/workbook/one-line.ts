/** A text of a cell as one line: a row of the sheet is a line of what is made of it. Signs that XML cannot have are written `_x000D_` there. */
export function oneLine(text: string): string {
  return text
    .replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/[\r\n]+/g, ' ');
}
