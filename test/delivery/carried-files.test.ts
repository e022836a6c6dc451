import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { CarryingFailed } from '../../src/delivery/carried-files.ts';
import { joinChannels } from '../../src/delivery/channels.ts';
import type { SpokenNotice } from '../../src/delivery/notices/send.ts';
import { type CaptionedFile, STAFF_GROUP } from '../../src/delivery/requests/actions.ts';
import { memoryMessenger } from '../kit/chat/memory-messenger.ts';

let home: ReturnType<typeof memoryMessenger>;
let other: ReturnType<typeof memoryMessenger>;
let joined: ReturnType<typeof joinChannels>;

beforeEach(() => {
  home = memoryMessenger('telegram', { mostFetchedBytes: 20, mostHandedBytes: 50 });
  other = memoryMessenger('max', { mostFetchedBytes: 4000, mostHandedBytes: 4000 });
  joined = joinChannels([home.channel, other.channel]);
});

const ANNA = { person: 'max:m-7' } as const;
const manner = { replyTo: undefined, silent: false };
const held = (file: string, more: Partial<CaptionedFile> = {}): CaptionedFile => ({
  kind: 'photo',
  file,
  fileName: null,
  source: 'max:m-7/mid.a1',
  marked: '',
  ...more,
});
const toStaff = (file: string, more: Partial<CaptionedFile> = {}) =>
  joined.messenger.perform({ does: 'hand', ...held(file, more), to: STAFF_GROUP, ...manner });
const toAnna = (file: string, more: Partial<CaptionedFile> = {}) =>
  joined.messenger.perform({ does: 'hand', ...held(file, { source: 'telegram:-1/5', ...more }), to: ANNA, ...manner });
const ofHome = (file: string) => held(file, { source: 'telegram:701/5' });

test.each<[CaptionedFile['kind'], string | null, string]>([
  ['photo', null, 'photo.jpg'],
  ['document', 'Акт 1.pdf', 'Акт 1.pdf'],
  ['document', null, 'file'],
  ['video', null, 'video.mp4'],
  ['voice', null, 'voice.ogg'],
  ['audio', 'Песня.mp3', 'Песня.mp3'],
])('%s «%s» of one messenger is handed over by the other as what it is', async (kind, fileName, name) => {
  const done = await toStaff(other.hold('12345'), { kind, fileName, marked: 'words' });
  expect(done).toMatchObject({ outcome: 'done', messages: [expect.stringMatching(/^telegram:-1\//)] });
  expect(home.took()).toEqual([`hand the group | ${kind} | ${name} (5) | words`]);
  await toAnna(home.hold('123'), { kind, fileName });
  expect(other.took()).toEqual([`hand max:m-7 | ${kind} | ${name} (3)`]);
  // Nothing of it stays on the disk, nor does the folder that it was put into.
  const fetchedTo = [...home.fetchedTo, ...other.fetchedTo];
  expect(fetchedTo).toHaveLength(2);
  expect(fetchedTo.flatMap((path) => [path, dirname(path)]).filter((path) => existsSync(path))).toEqual([]);
});

test('what the messenger has itself goes by its handle', async () => {
  const own = home.hold('1');
  await joined.messenger.perform({ does: 'hand', ...ofHome(own), to: STAFF_GROUP, ...manner });
  expect(home.took()).toEqual([`hand the group | photo | ${own}`]);
  expect(home.fetchedTo).toEqual([]);
});

test('an album of both, and a file that is changed for another one', async () => {
  const own = home.hold('1');
  const files = [ofHome(own), held(other.hold('22'), { marked: 'words' })];
  const album = await joined.messenger.perform({ does: 'hand-album', files, to: STAFF_GROUP, ...manner });
  expect(album).toMatchObject({ outcome: 'done', messages: [expect.anything(), expect.anything()] });
  await joined.messenger.perform({ does: 'change-file', message: 'telegram:-1/3', ...held(other.hold('333')) });
  expect(home.took()).toEqual([
    `hand-album the group | photo | ${own} | photo | photo.jpg (2) | words`,
    'change-file | photo | photo.jpg (3)',
  ]);
});

test('the smaller of both limits holds, and of an album all of it together', async () => {
  // As much is given as is taken there, and as much is taken as is given here.
  expect(await toStaff(other.hold('x'.repeat(51)))).toMatchObject({ outcome: 'refused', what: 'size' });
  expect(await toAnna(home.hold('x'.repeat(21)))).toMatchObject({ outcome: 'refused', what: 'size' });
  const files = [held(other.hold('x'.repeat(30))), held(other.hold('x'.repeat(30)))];
  const album = await joined.messenger.perform({ does: 'hand-album', files, to: STAFF_GROUP, ...manner });
  expect(album).toMatchObject({ outcome: 'refused', what: 'size' });
  expect([...home.took(), ...other.took()]).toEqual([]);
  expect(await toStaff(other.hold('x'.repeat(50)))).toMatchObject({ outcome: 'done' });
  expect(await toAnna(home.hold('x'.repeat(20)))).toMatchObject({ outcome: 'done' });
});

test('what its messenger has no more, or of a messenger that is not here, is refused', async () => {
  expect(await toStaff('forgotten')).toMatchObject({ outcome: 'refused', what: 'file' });
  expect(await toStaff('f', { source: 'icq:7/1' })).toMatchObject({ outcome: 'refused', what: 'file' });
  expect(home.took()).toEqual([]);
});

test('what is not taken as what it was goes as a document; what is not taken then is refused', async () => {
  const photo = other.hold('12345');
  home.interfereWith((_, action) =>
    action?.does === 'hand' && action.kind !== 'document' ? { outcome: 'refused', reason: 'too big', what: 'size' } : undefined,
  );
  expect(await toStaff(photo, { marked: 'words' })).toMatchObject({ outcome: 'done' });
  expect(home.took()).toEqual(['hand the group | document | photo.jpg (5) | words']);
  home.interfereWith(() => ({ outcome: 'refused', reason: 'no files', what: 'file' }));
  expect(await toStaff(photo)).toMatchObject({ outcome: 'refused', what: 'file' });
  // That he takes no such thing is no reason to send it as something else.
  let asked = 0;
  home.interfereWith(() => ({ outcome: 'refused', reason: `asked ${++asked}`, what: 'kind' }));
  expect(await toStaff(photo)).toMatchObject({ outcome: 'refused', reason: 'asked 1' });
});

test('a messenger that does not give its file is tried less often than one that does not take it', async () => {
  const broken = () => {
    throw new Error('no answer');
  };
  const failure = async () => (await toStaff(photo).catch((error: unknown) => error)) as CarryingFailed;
  const photo = other.hold('1');
  other.interfereWith(broken);
  const unfetched = await failure();
  other.interfereWith(undefined);
  home.interfereWith(broken);
  const unhanded = await failure();
  expect([unfetched, unhanded].map((error) => error instanceof CarryingFailed)).toEqual([true, true]);
  expect(unfetched.mostAttempts).toBeLessThan(unhanded.mostAttempts);
  home.interfereWith(undefined);
  expect(await toStaff(photo)).toMatchObject({ outcome: 'done' });
  expect(other.fetchedTo.filter((path) => existsSync(path))).toEqual([]);
});

test('what is being fetched when the process is told to end is left, to be tried again', async () => {
  const end = new AbortController();
  const fetching: typeof other.channel.fetchFile = (_, __, { signal } = {}) => {
    setImmediate(() => end.abort());
    return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted'))));
  };
  const ending = joinChannels([home.channel, { ...other.channel, fetchFile: fetching }], end.signal);
  const perform = () => ending.messenger.perform({ does: 'hand', ...held('f'), to: STAFF_GROUP, ...manner });
  await expect(perform()).rejects.toBeInstanceOf(CarryingFailed);
  // Nor is another one begun.
  await expect(perform()).rejects.toBeInstanceOf(CarryingFailed);
});

const announced = (file: string): SpokenNotice => ({
  marked: 'words',
  doors: [],
  paper: { kind: 'picture', data: { file, of: 'telegram' } },
});

test('an announcement’s picture is fetched once, and goes on by the handle of the messenger that has it by then', async () => {
  const picture = home.hold('12345');
  await Promise.all([joined.send('max:m-7', announced(picture)), joined.send('max:m-8', announced(picture))]);
  await joined.send('max:m-9', announced(picture));
  await joined.send('telegram:7', announced(picture));
  const [first, second, third = ''] = other.took();
  expect([first, second]).toEqual(['send max:m-7 | photo.jpg (5) | words', 'send max:m-8 | photo.jpg (5) | words']);
  expect(third).toMatch(/^send max:m-9 \| max-file-\d+ \| words$/);
  expect(home.took()).toEqual([`send telegram:7 | ${picture} | words`]);
  expect(home.fetchedTo).toHaveLength(1);
  // Of an earlier release: it says of no messenger.
  await joined.send('max:m-7', { ...announced(picture), paper: { kind: 'picture', data: { file: picture } } });
  expect(other.took()).toEqual([third.replace('m-9', 'm-7')]);
});

test('where the picture is not to be had the words go alone; where it may be had later it is tried again', async () => {
  await joined.send('max:m-7', announced('forgotten'));
  await joined.send('max:m-8', announced(home.hold('x'.repeat(21))));
  expect(other.took()).toEqual(['send max:m-7 |  | words', 'send max:m-8 |  | words']);
  const picture = home.hold('1');
  home.interfereWith(() => {
    throw new Error('no answer');
  });
  await expect(joined.send('max:m-7', announced(picture))).rejects.toBeInstanceOf(CarryingFailed);
  home.interfereWith(undefined);
  await joined.send('max:m-7', announced(picture));
  expect(other.took()).toEqual(['send max:m-7 | photo.jpg (1) | words']);
});
