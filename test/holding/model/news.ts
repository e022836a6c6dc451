import { signedIn } from './identity.ts';
import { billed } from './billing.ts';
import { centreDay, HOUR, type Login, MINUTE, type Model, Unspoken } from './model.ts';

/** Section 4, «Notices»: each of which can be switched off, none at night (21–9), none twice. */

export const NEWS = {
  // Where what was brought was undone, whoever linked the account meanwhile has seen another sum.
  charges: 'notice-charges|notice-charges-many|notice-charges-corrected|notice-charges-corrected-many',
  payments: 'notice-payments|notice-payments-many|notice-payments-account',
  'readings-open': 'notice-readings-open',
  announcements: 'notice-announcement',
} as const;
export type NewsKind = keyof typeof NEWS;

/** What a registry has brought for an account, to be told to whoever had it then. */
export type News = { kind: NewsKind; login: string; account: string };

export function bringNews(model: Model, kind: NewsKind, account: string): void {
  for (const { login, links } of model.logins) if (links.has(account)) model.news.push({ kind, login, account });
}

/** What a registry brought that was undone, or what is near the beginning of the day or its end: whether it is told is not said. */
export function dropNews(model: Model, kind?: NewsKind): void {
  model.news = model.news.filter((one) => kind !== undefined && one.kind !== kind);
}

/** Time has passed: by day all is told that there is. */
export function tellNews(model: Model): void {
  const hour = hourOf(model);
  if (hour < 9 || hour >= 21) return;
  const { day, month } = centreDay(model);
  if (isNearNight(model)) {
    if (day === 20) model.windowsTold.push(month);
    return dropNews(model);
  }
  const due = new Set(model.news.filter((one) => stillHas(model, one)).map(({ kind, login }) => `${kind} ${login}`));
  model.news = [];
  for (const one of due) {
    const [kind = '', login = ''] = one.split(' ');
    tellLogin(
      model,
      kind as NewsKind,
      model.logins.find((each) => each.login === login),
    );
  }
  if (day !== 20 || model.windowsTold.includes(month)) return;
  model.windowsTold.push(month);
  // Whoever has handed everything in by then need not be told.
  const isWanted = (account: string) =>
    !billed(model, account)?.closing &&
    billed(model, account)?.meters.some(
      ({ number }) => !model.readings.some((one) => one.meter === number && one.month === month),
    );
  for (const login of model.logins) if ([...login.links].some(isWanted)) tellLogin(model, 'readings-open', login);
}

function stillHas({ logins }: Model, { login, account }: News): boolean {
  return logins.some((one) => one.login === login && one.links.has(account));
}

function tellLogin(model: Model, kind: NewsKind, login: Login | undefined): void {
  if (!login || login.muted.has(kind)) return;
  for (const who of login.sessions.keys()) if (signedIn(model, who) === login) model.told.push({ who, notice: NEWS[kind] });
}

/** So far from the night that what is told goes out at once. */
export const isAwake = (model: Model): boolean => !isNight(model) && !isNearNight(model);

export const isNight = (now: Pick<Model, 'now'>): boolean => hourOf(now) < 9 || hourOf(now) >= 21;
const isNearNight = ({ now }: Model): boolean => isNight({ now: now - 10 * MINUTE }) || isNight({ now: now + 40 * MINUTE });
const hourOf = ({ now }: Pick<Model, 'now'>): number => new Date(now + 3 * HOUR).getUTCHours();

export type Switching = { kind: NewsKind };

export function switchNews(model: Model, who: string, { kind }: Switching): string {
  const login = signedIn(model, who);
  if (!login) return 'guest';
  if ([...login.sessions.keys()].length > 1) throw new Unspoken('whether it is switched for a login or for a Telegram account');
  if (login.muted.delete(kind)) return 'on';
  login.muted.add(kind);
  return 'off';
}
