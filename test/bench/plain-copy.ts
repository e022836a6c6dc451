import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

// `plain-copy.ts URL FILE` does what `psql \copy` does, where there is no psql.
const [url, path] = process.argv.slice(2) as [string, string];
const client = new Client({ connectionString: url });
await client.connect();
await pipeline(
  createReadStream(path, { highWaterMark: 262_144 }),
  client.query(copyFrom("copy bare from stdin with (format csv, delimiter ';', header, encoding 'WIN1251')")),
);
await client.end();
