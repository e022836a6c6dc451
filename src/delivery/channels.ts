import { type MessengerId, messengerOf } from '../office/caller.ts';
import { openCarrier } from './carried-files.ts';
import { openCarriedPictures } from './carried-pictures.ts';
import type { DeliveryChannel } from './channel.ts';
import type { NoticeSent, SpokenNotice } from './notices/send.ts';
import type { Figures } from './pace.ts';
import type { ChatPlace, Done, Messenger, MessengerAction } from './requests/actions.ts';

/** One channel for each messenger in which residents are; the first has the staff group, and staff in private. */
export type DeliveryChannels = readonly [home: DeliveryChannel, ...others: DeliveryChannel[]];

/**
 * The same as one: each person is told by the messenger of his id, a message is changed by its own, and the rest is the first one's. Files of
 * another messenger are carried over.
 */
export type JoinedChannels = Omit<DeliveryChannel, 'name' | 'pace' | 'files'> & {
  paces: Readonly<Record<string, Figures>>;
  home: string;
};

/** `end` aborts what is being fetched from one messenger for another. */
export function joinChannels(channels: DeliveryChannels, end?: AbortSignal): JoinedChannels {
  const [home] = channels;
  const byName = new Map(channels.map((channel) => [channel.name, channel]));
  const of = (id: string): DeliveryChannel | undefined => byName.get(messengerOf(id));
  const carrier = openCarrier(of, end);
  const pictures = openCarriedPictures(of, end);
  const ofPlace = (place: ChatPlace) => ('person' in place ? of(place.person) : home);

  const messenger: Messenger = {
    // Whose messenger is not here is said nothing: any limits will do.
    limitsIn: (place) => (ofPlace(place) ?? home).messenger.limitsIn(place),
    group: home.messenger.group,
    linkTo: home.messenger.linkTo,
    async perform(action) {
      const channel = channelOf(action);
      if (!channel) return { outcome: 'blocked', reason: NOT_HERE };
      if (sourcesOf(action).every((source) => messengerOf(source) === channel.name)) return channel.messenger.perform(action);
      return 'file' in action || 'files' in action ? carrier.perform(action, channel) : NOT_COPIED;
    },
  };

  function channelOf(action: MessengerAction): DeliveryChannel | undefined {
    if ('to' in action) return ofPlace(action.to);
    if (action.does === 'open-thread') return home;
    return of('thread' in action ? action.thread : action.message);
  }

  /** Where its picture is not to be had, the words go without it. */
  async function send(channel: DeliveryChannel, to: 'staff' | MessengerId, notice: SpokenNotice): Promise<NoticeSent> {
    const { paper } = notice;
    if (paper?.kind !== 'picture' || typeof paper.data.file !== 'string') return channel.send(to, notice);
    const { file, of: source = home.name } = paper.data;
    if (source === channel.name) return channel.send(to, notice);
    const carried = await pictures.find(source, file, channel);
    const shown = carried === undefined ? undefined : { kind: 'picture' as const, data: { file: carried } };
    const sent = await channel.send(to, { ...notice, paper: shown });
    if (sent.outcome === 'sent' && sent.handle !== undefined) pictures.note(source, file, channel, sent.handle);
    return sent;
  }

  return {
    home: home.name,
    paces: Object.fromEntries(channels.map(({ name, pace }) => [name, pace])),
    bot: home.bot,
    messenger,
    fetchFile: home.fetchFile,
    async send(to, notice) {
      const channel = to === 'staff' ? home : of(to);
      return channel ? send(channel, to, notice) : { outcome: 'blocked', reason: NOT_HERE };
    },
    staffVoice: {
      show: async (to, spoken, inPlaceOf) => of(to)?.staffVoice.show(to, spoken, inPlaceOf),
      hand: async (to, file, spoken) => (await of(to)?.staffVoice.hand(to, file, spoken)) ?? false,
    },
  };
}

/** Its settings were taken out, and its people are still known. */
const NOT_HERE = 'there is no such messenger here';

/** A place or a contact is copied within its own messenger only: there, words are said in its place. */
const NOT_COPIED: Done = { outcome: 'refused', reason: 'it is of another messenger', what: 'file' };

/** The messages that have what is to be handed over. */
function sourcesOf(action: MessengerAction): readonly string[] {
  if (action.does === 'hand-album') return action.files.map(({ source }) => source);
  return 'source' in action ? [action.source] : [];
}
