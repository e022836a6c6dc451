/** Counts the statements that go to Postgres, by what is heard on a connection to it (`startTcpProxy`), and remembers their words. */
export function openStatementCount() {
  const said: string[] = [];

  function listen(): (bytes: Buffer) => void {
    let rest = Buffer.alloc(0);
    let isOpened = false;
    let prepared = '';
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
        if (letter === 'P')
          prepared =
            body
              .subarray(body.indexOf(0) + 1)
              .toString()
              .split('\0')[0] ?? '';
        if (letter === 'Q') said.push(body.toString().replace('\0', ''));
        if (letter === 'E') said.push(prepared);
      }
    };
  }

  return {
    listen,
    /** What was said since the last time. */
    take: (): string[] => said.splice(0).map((statement) => statement.replace(/\s+/g, ' ').trim().slice(0, 90)),
  };
}
