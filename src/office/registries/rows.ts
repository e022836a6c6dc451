import type { Header } from './header.ts';

/** Reads the rows under one header. */
export type RowReader = {
  /**
   * Puts what the cells say into `values`, in the order of the layout's columns, null where nothing can be read.
   * Answers why the row is refused, in Russian, naming each wrong column; undefined when it is right.
   */
  read(cells: readonly string[], values: (string | null)[]): string | undefined;
};

export function rowReader({ layout, places, width }: Header): RowReader {
  const readers = layout.columns.map((column, index) => {
    const place = places[index] ?? -1;
    const absent = column.absent ?? null;
    return { title: column.title, place, absent, read: column.read };
  });
  return {
    read(cells, values) {
      if (cells.length < width) {
        keepAccount(cells, values);
        return `в строке полей: ${cells.length}, а в заголовке: ${width}`;
      }
      if (cells.length > width && cells.slice(width).some((cell) => cell.trim() !== '')) {
        keepAccount(cells, values);
        return `в строке полей: ${cells.length}, а в заголовке: ${width}; лишний разделитель?`;
      }
      let reason: string | undefined;
      for (let index = 0; index < readers.length; index += 1) {
        const reader = readers[index]!;
        const answer = reader.place < 0 ? reader.absent : reader.read(cells[reader.place]!);
        if (answer === null || typeof answer === 'string') {
          values[index] = answer;
          continue;
        }
        values[index] = null;
        const cell = cells[reader.place]!.trim().slice(0, 60);
        const slip = `«${reader.title}»: ${answer.expected}${cell === '' ? '' : `, а стоит «${cell}»`}`;
        reason = reason === undefined ? slip : `${reason}; ${slip}`;
      }
      return reason;
    },
  };

  /** A row of another width tells at most whose it is. */
  function keepAccount(cells: readonly string[], values: (string | null)[]): void {
    values.length = readers.length;
    values.fill(null);
    const index = readers.findIndex((reader) => reader.title === 'ЛС');
    const answer = readers[index]?.read(cells[readers[index].place] ?? '');
    if (typeof answer === 'string') values[index] = answer;
  }
}
