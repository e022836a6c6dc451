/** Counts the statements that go to Postgres, by what is heard on a connection to it (`startTcpProxy`), and remembers their words. */
export function openStatementCount() {
  const said: string[] = [];

  function listen(): (bytes: Buffer) => void {
    let rest = Buffer.alloc(0);
    let isOpened = false;
    /** By the statement's name; the one that has none is the last. */
    const prepared = new Map<string, string>();
    let bound = '';
    return (bytes) => {
      rest = Buffer.concat([rest, bytes]);
      for (;;) {
        // The first message has no letter.
        const at = isOpened ? 1 : 0;
        if (rest.length < at + 4) return;
        const length = at + rest.readInt32BE(at);
        if (rest.length < length) return;
        const letter = isOpened ? String.fromCharCode(rest[0] ?? 0) : '';
        const body = rest.subarray(at + 4, length);
        rest = rest.subarray(length);
        isOpened = true;
        const [first = '', second = ''] = body.toString('latin1').split('\0', 2);
        if (letter === 'P') prepared.set(first, Buffer.from(second, 'latin1').toString());
        if (letter === 'Q') said.push(body.toString().replace('\0', ''));
        if (letter === 'B') bound = prepared.get(second) ?? '';
        if (letter === 'E') said.push(bound);
      }
    };
  }

  return {
    listen,
    /** What was said since the last time. */
    take: (): string[] => said.splice(0).map((statement) => statement.replace(/\s+/g, ' ').trim().slice(0, 90)),
  };
}
