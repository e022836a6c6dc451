import { expect, test } from 'vitest';
import type { DeliveryChannel } from '../../src/delivery/channel.ts';
import { joinChannels } from '../../src/delivery/channels.ts';
import { createPaces } from '../../src/delivery/paces.ts';
import { type ChatPlace, type MessengerAction, STAFF_GROUP } from '../../src/delivery/requests/actions.ts';
import type { MessageRef } from '../../src/office/staff/message-part.ts';

/** A messenger that notes what it is asked for. */
function openChannel(name: string, text: number) {
  const asked: string[] = [];
  const note = (what: string) => void asked.push(what);
  const channel: DeliveryChannel = {
    name,
    pace: { perSecond: 2, chatRestMs: 500, perGroupMinute: 20 },
    bot: { name: `${name}_bot`, link: (start = '') => `https://${name}.example/${start}` },
    async send(to) {
      note(`send ${to}`);
      return { outcome: 'sent' };
    },
    messenger: {
      limitsIn: () => ({ text, caption: 1000, threadTitle: 100, album: 10, inAlbum: 1000 }),
      group: () => `${name}:-1`,
      linkTo: (ref) => `https://${name}.example/${ref}`,
      async perform({ does }) {
        note(does);
        return { outcome: 'done', messages: [] };
      },
    },
    staffVoice: {
      async show(to) {
        note(`show ${to}`);
        return `${to}/1`;
      },
      async hand(to) {
        note(`hand ${to}`);
        return true;
      },
    },
    async fetchFile(handle) {
      note(`fetch ${handle}`);
      return { outcome: 'gone' };
    },
    files: { mostFetchedBytes: 20, mostHandedBytes: 50 },
  };
  return { channel, took: () => asked.splice(0) };
}

function openBoth() {
  const home = openChannel('telegram', 4096);
  const other = openChannel('max', 4000);
  return { home, other, joined: joinChannels([home.channel, other.channel]) };
}

const ANNA = 'max:m-7' as const;
const IVAN = 'telegram:701' as const;
const manner = { replyTo: undefined, silent: false };
const photo = (source: MessageRef) =>
  ({ does: 'hand', kind: 'photo', file: 'f', fileName: null, source, marked: '', ...manner }) as const;

test('each person is told by the messenger of his id, staff by that of their group', async () => {
  const { home, other, joined } = openBoth();
  const notice = { marked: 'words', doors: [] };
  for (const to of [ANNA, IVAN, 'staff'] as const) expect(await joined.send(to, notice)).toEqual({ outcome: 'sent' });
  await joined.staffVoice.show(IVAN, notice, null);
  await joined.staffVoice.hand(IVAN, { name: 'a.csv', content: '' }, notice);
  await joined.fetchFile('handle', '/tmp/file');
  expect(home.took()).toEqual([`send ${IVAN}`, 'send staff', `show ${IVAN}`, `hand ${IVAN}`, 'fetch handle']);
  expect(other.took()).toEqual([`send ${ANNA}`]);
});

const say = { does: 'say', marked: 'words', buttons: [], ...manner } as const;
const OF_HOME: readonly MessengerAction[] = [
  { does: 'open-thread', title: 'a' },
  { ...say, to: STAFF_GROUP },
  { ...say, to: { person: IVAN } },
  { does: 'shut-thread', thread: 'telegram:-1/3' },
  { does: 'delete', message: 'telegram:701/5' },
  { ...photo('telegram:701/5'), to: STAFF_GROUP },
];
const OF_OTHER: readonly MessengerAction[] = [
  { ...say, to: { person: ANNA } },
  { does: 'change-words', message: 'max:m-7/mid.a1', marked: 'words', buttons: [] },
  { does: 'nod', message: 'max:m-7/mid.a1' },
];

test('an action is done where it is brought to, or where its message stands', async () => {
  const { home, other, joined } = openBoth();
  for (const action of [...OF_HOME, ...OF_OTHER])
    expect(await joined.messenger.perform(action)).toEqual({ outcome: 'done', messages: [] });
  expect(home.took()).toEqual(OF_HOME.map(({ does }) => does));
  expect(other.took()).toEqual(OF_OTHER.map(({ does }) => does));
});

test('a place or a contact is copied in its own messenger only', async () => {
  const { home, other, joined } = openBoth();
  const copy = { does: 'copy', source: 'max:m-7/mid.a1', to: STAFF_GROUP, ...manner } as const;
  expect(await joined.messenger.perform(copy)).toMatchObject({ outcome: 'refused', what: 'file' });
  expect([...home.took(), ...other.took()]).toEqual([]);
});

test('whose messenger is not here any more takes nothing', async () => {
  const home = openChannel('telegram', 4096);
  const alone = joinChannels([home.channel]);
  expect(await alone.send(ANNA, { marked: 'words', doors: [] })).toMatchObject({ outcome: 'blocked' });
  expect(await alone.messenger.perform({ ...say, to: { person: ANNA } })).toMatchObject({ outcome: 'blocked' });
  expect(await alone.messenger.perform({ does: 'delete', message: 'max:m-7/mid.a1' })).toMatchObject({ outcome: 'blocked' });
  expect(await alone.staffVoice.show(ANNA, { marked: 'words', doors: [] }, null)).toBeUndefined();
  expect(await alone.staffVoice.hand(ANNA, { name: 'a.csv', content: '' }, { marked: 'words', doors: [] })).toBe(false);
  expect(home.took()).toEqual([]);
});

test('what fits goes by where it is brought to; the group is the first one’s, with its links and its bot', () => {
  const { joined } = openBoth();
  const places: ChatPlace[] = [STAFF_GROUP, { person: IVAN }, { person: ANNA }];
  expect(places.map((to) => joined.messenger.limitsIn(to).text)).toEqual([4096, 4096, 4000]);
  expect(joined.messenger.group()).toBe('telegram:-1');
  expect(joined.messenger.linkTo('telegram:-1/3')).toBe('https://telegram.example/telegram:-1/3');
  expect(joined.bot.name).toBe('telegram_bot');
});

test('each keeps its own pace: one that wants to be left alone stops none of the others', () => {
  const { joined } = openBoth();
  const pace = createPaces(joined.paces, joined.home);
  const now = new Date('2026-11-30T12:00:00Z');
  const until = new Date('2026-11-30T12:10:00Z');
  pace.refuse(ANNA, now, until);
  pace.refuse('max:m-8', now, until);
  expect(pace.resting(now)).toEqual(expect.arrayContaining(['max']));
  expect(pace.resting(now)).not.toContain('staff');
  expect(pace.waitMs('max:m-9', now)).toBe(600_000);
  expect([IVAN, 'staff'].map((chat) => pace.waitMs(chat, now))).toEqual([0, 0]);
});
