import { messengerOf } from '../office/caller.ts';
import type { DeliveryChannel } from './channel.ts';
import type { Figures } from './pace.ts';
import type { ChatPlace, Done, Messenger, MessengerAction } from './requests/actions.ts';

/** One channel for each messenger in which residents are; the first has the staff group, and staff in private. */
export type DeliveryChannels = readonly [home: DeliveryChannel, ...others: DeliveryChannel[]];

/** The same as one: each person is told by the messenger of his id, a message is changed by its own, and the rest is the first one's. */
export type JoinedChannels = Omit<DeliveryChannel, 'name' | 'pace'> & { paces: Readonly<Record<string, Figures>>; home: string };

export function joinChannels(channels: DeliveryChannels): JoinedChannels {
  const [home] = channels;
  const byName = new Map(channels.map((channel) => [channel.name, channel]));
  const of = (id: string): DeliveryChannel | undefined => byName.get(messengerOf(id));
  const ofPlace = (place: ChatPlace) => ('person' in place ? of(place.person) : home);

  const messenger: Messenger = {
    // Whose messenger is not here is said nothing: any limits will do.
    limitsIn: (place) => (ofPlace(place) ?? home).messenger.limitsIn(place),
    group: home.messenger.group,
    linkTo: home.messenger.linkTo,
    async perform(action) {
      const channel = channelOf(action);
      if (!channel) return { outcome: 'blocked', reason: NOT_HERE };
      return sourcesOf(action).every((source) => of(source) === channel) ? channel.messenger.perform(action) : FOREIGN;
    },
  };

  function channelOf(action: MessengerAction): DeliveryChannel | undefined {
    if ('to' in action) return ofPlace(action.to);
    if (action.does === 'open-thread') return home;
    return of('thread' in action ? action.thread : action.message);
  }

  return {
    home: home.name,
    paces: Object.fromEntries(channels.map(({ name, pace }) => [name, pace])),
    bot: home.bot,
    messenger,
    fetchFile: home.fetchFile,
    async send(to, notice) {
      const channel = to === 'staff' ? home : of(to);
      return channel ? channel.send(to, notice) : { outcome: 'blocked', reason: NOT_HERE };
    },
    staffVoice: {
      show: async (to, spoken, inPlaceOf) => of(to)?.staffVoice.show(to, spoken, inPlaceOf),
      hand: async (to, file, spoken) => (await of(to)?.staffVoice.hand(to, file, spoken)) ?? false,
    },
  };
}

/** Its settings were taken out, and its people are still known. */
const NOT_HERE = 'there is no such messenger here';

/** A handle is good in its own messenger only: there, words are said in its place. */
const FOREIGN: Done = { outcome: 'refused', reason: 'the file is of another messenger', what: 'file' };

/** The messages that have what is to be handed over. */
function sourcesOf(action: MessengerAction): readonly string[] {
  if (action.does === 'hand-album') return action.files.map(({ source }) => source);
  return 'source' in action ? [action.source] : [];
}
