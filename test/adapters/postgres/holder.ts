import { connectEmbedded } from '../../../src/adapters/postgres/embedded.ts';

/** A process that opens the embedded storage of the folder in its first argument, says so, and stays until it is killed or its parent is gone. */
const server = await connectEmbedded(process.argv[2] ?? '');
console.log(JSON.stringify({ owned: server.owned, url: server.url }));
process.stdin.resume().on('end', () => process.exit());
