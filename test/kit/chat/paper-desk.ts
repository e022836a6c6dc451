import type { Paper, PaperCache, SecretPaper } from '../../../src/papers/paper.ts';

/** Papers as plain JSON in place of drawings; remembers what was handed over, as the real desk does. */
export function testPaperDesk(): PaperCache & { drawn: (Paper | SecretPaper)[] } {
  const drawn: (Paper | SecretPaper)[] = [];
  const sent = new Map<string, { send: 'document' | 'photo'; file: string }>();
  return {
    drawn,
    async draw(paper) {
      drawn.push(paper);
      return { send: 'document', name: `${paper.kind}.json`, bytes: Buffer.from(JSON.stringify(paper.data)) };
    },
    findSent: async (paper) => sent.get(JSON.stringify(paper)),
    keepSent: async (paper, file) => void sent.set(JSON.stringify(paper), file),
  };
}
