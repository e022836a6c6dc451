import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

/** A program of two files that starts as ours does. */
let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'run-'));
  for (const file of ['src/run.js', 'src/build', 'package.json'])
    await cp(join(REPOSITORY, file), join(root, file), { recursive: true });
  await symlink(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
  await mkdir(join(root, 'migrations'));
  await say('src/words.ts', 'export type Words = string;\nexport const words: Words = "здравствуйте";\n');
  await say(
    'src/main.ts',
    "import { words, type Words } from './words.ts';\nconst said: Words = words;\nconsole.log(said, process.argv.slice(2).join(), new URL('.', import.meta.url).pathname);\n",
  );
});
afterEach(() => rm(root, { recursive: true, force: true }));

const say = (file: string, text: string) => writeFile(join(root, file), text);

function run(...args: string[]): Promise<{ status: number | string; out: string; err: string }> {
  return new Promise((resolve) =>
    execFile(process.execPath, ['src/run.js', ...args], { cwd: root }, (error, out, err) =>
      resolve({ status: error?.code ?? 0, out: out.trim(), err: err.trim() }),
    ),
  );
}

test('a program of TypeScript runs with its arguments, and finds what lies beside its source', async () => {
  expect(await run('src/main.ts', 'web', '--help')).toEqual({ status: 0, out: `здравствуйте web,--help ${root}/src/`, err: '' });
});

test('a text that has changed is translated anew, whatever its time and size say; one that is gone, goes', async () => {
  await run('src/main.ts');
  await say('src/words.ts', 'export type Words = string;\nexport const words: Words = "до свидания!";\n');
  await utimes(join(root, 'src/words.ts'), 0, 0);
  expect((await run('src/main.ts')).out).toContain('до свидания!');
  await rename(join(root, 'src/words.ts'), join(root, 'src/other.ts'));
  expect((await run('src/main.ts')).err).toContain('ERR_MODULE_NOT_FOUND');
  expect((await readdir(join(root, '.build/src'))).sort()).toEqual(['build', 'main.js', 'other.js', 'run.js']);
});

test('what is translated already is neither written nor translated again', async () => {
  await run('src/main.ts');
  await rm(join(root, 'node_modules'));
  await chmod(join(root, '.build'), 0o500);
  expect((await run('src/main.ts')).out).toContain('здравствуйте');
});

test('an error names the line of the source', async () => {
  await say(
    'src/main.ts',
    'type Long = {\n  a: string;\n};\n\nconst nothing = undefined as unknown as Long;\nconsole.log(nothing.a);\n',
  );
  expect((await run('src/main.ts')).err).toContain('src/main.ts:6');
});

test('what is no TypeScript is named', async () => {
  await say('src/words.ts', 'export const words = ;\n');
  expect(await run('src/main.ts')).toMatchObject({ status: 1, err: expect.stringMatching(/^src\/words\.ts: /) });
});

test('several processes that start at once all run', async () => {
  const all = await Promise.all(Array.from({ length: 8 }, () => run('src/main.ts', 'web')));
  expect(all.map(({ out }) => out)).toEqual(Array(8).fill(`здравствуйте web ${root}/src/`));
  expect((await readdir(join(root, '.build/src'))).sort()).toEqual(['build', 'main.js', 'run.js', 'words.js']);
});

test('the whole may be moved once it is made ready', async () => {
  expect((await run()).status).toBe(0);
  const before = await readFile(join(root, '.build/src/main.js'), 'utf8');
  await rename(root, `${root}-moved`);
  root = `${root}-moved`;
  expect((await run('src/main.ts')).out).toBe(`здравствуйте  ${root}/src/`);
  expect(await readFile(join(root, '.build/src/main.js'), 'utf8')).toBe(before);
});

test.skipIf(process.getuid?.() !== 0)('a folder that cannot be written is named, with what to do', async () => {
  await run('src/main.ts');
  await chmod(root, 0o755);
  await say('src/words.ts', 'export const words = "новое";\n');
  const said = await new Promise<string>((resolve) =>
    execFile(process.execPath, ['src/run.js', 'src/main.ts'], { cwd: root, uid: 65_534, gid: 65_534 }, (_, __, err) =>
      resolve(err),
    ),
  );
  expect(said).toBe(
    `${root}/.build/ нельзя изменить (EACCES): выполните npm run build от имени её владельца и запустите ещё раз\n`,
  );
});
