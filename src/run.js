/**
 * `node src/run.js FILE.ts ARGS` runs a program of ours, made JavaScript first where it has changed; without FILE it only makes all ready.
 * Both are what `npm start`, `npm run …` and Procfile call.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build/build.js';
import { builtFile, ROOT } from './build/places.js';

const [, , file] = process.argv;
const source = pathToFileURL(path.resolve(file ?? ''));
const isOfTests = source.href.startsWith(new URL('test/', ROOT).href);

const files = await build(isOfTests ? ['src', 'migrations', 'test'] : ['src', 'migrations']).catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
// `npm run dev` starts anew where one of them changes: what node itself sees are their translations.
if (process.env['WATCH_REPORT_DEPENDENCIES']) process.send?.({ 'watch:import': files.map((each) => new URL(each, ROOT).href) });

if (file !== undefined) {
  process.setSourceMapsEnabled(true);
  process.argv.splice(1, 2, path.resolve(file));
  await import(builtFile(source).href);
}
