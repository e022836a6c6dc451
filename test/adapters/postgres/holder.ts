import { connectEmbedded } from '../../../src/adapters/postgres/embedded.ts';

/** A process that opens the embedded storage of the folder in its first argument, says so, and stays until it is killed. */
const server = await connectEmbedded(process.argv[2] ?? '');
console.log(JSON.stringify({ owned: server.owned, url: server.url }));
setInterval(() => undefined, 60_000);
