import { signedIn } from '../model/identity.ts';
import { NEWS, type NewsKind, switchNews, type Switching } from '../model/news.ts';
import { errand, leave } from './errand.ts';

/** Section 4, «Notices»: switched off and on. What is told of itself is judged after each step. */

export const switchesNews = errand<Switching>({
  weight: 4,
  think(chance, model, who) {
    const kind = chance.any(Object.keys(NEWS) as NewsKind[]);
    return kind && signedIn(model, who.name) ? { kind } : undefined;
  },
  expect: switchNews,
  async act(chats, who, { kind }) {
    const asked = await chats.say(who, '/settings');
    if (!asked.has('settings-overview')) return asked.means({ 'guest-only-residents': 'guest' });
    const shown = await chats.say(who, '[Уведомления]');
    const sign = signOf(shown.chat, kind);
    if (sign === undefined) return leave(chats, who, shown.means({}));
    const changed = await chats.say(who, `[${sign} ${NAMES[kind]}]`);
    const now = signOf(changed.chat, kind);
    return leave(chats, who, now === '✓' ? 'on' : now === '✗' ? 'off' : changed.means({}));
  },
});

const NAMES: Readonly<Record<NewsKind, string>> = {
  charges: 'Новые начисления',
  payments: 'Зачисление платежей',
  'readings-open': 'Начало приёма показаний',
  announcements: 'Объявления',
};

/** On the newest of the buttons: the one that was pressed stands before it. */
const signOf = (chat: string, kind: NewsKind): string | undefined =>
  [...chat.matchAll(new RegExp(`\\[([✓✗]) ${NAMES[kind]}\\]`, 'g'))].at(-1)?.[1];
