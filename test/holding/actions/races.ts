import { seen, signedIn } from '../model/identity.ts';
import { linkByPassword } from '../model/linking.ts';
import { type Model, Unspoken } from '../model/model.ts';
import { takeAccess } from '../model/relatives.ts';
import { RESIDENTS } from '../town.ts';
import type { Chats } from '../world.ts';
import { errand } from './errand.ts';

/** What is good once, wanted by two at the same moment: one has it, whoever that is. */

type Both = readonly [string, string];

export const twoTakeAccess = errand<{ nth: number; both: Both }>({
  weight: 8,
  think(_chance, model, { name }) {
    const offer = model.offers.at(-1);
    if (!offer || offer.isUsed) return undefined;
    const both = twoWithout(model, name, offer.account, offer.giver);
    return both && { nth: model.offers.length - 1, both };
  },
  expect: (model, _who, { nth, both }) => expectOne(model, both, (as, who) => takeAccess(as, who, { nth })),
  learn: (model, { nth }, came) => void takeAccess(model, came, { nth }),
  async act(chats, _who, { nth, both }) {
    for (const who of both) await chats.say(who, `/start ${chats.offers[nth]}`);
    return connectBoth(chats, both);
  },
});

export const twoUsePassword = errand<{ account: string; both: Both }>({
  weight: 8,
  think(chance, model, { name }) {
    const account = chance.any([...model.accountPasswords].filter(([, { isOver }]) => !isOver).map(([number]) => number));
    const both = account === undefined ? undefined : twoWithout(model, name, account);
    return account === undefined || !both ? undefined : { account, both };
  },
  expect: (model, _who, { account, both }) =>
    expectOne(model, both, (as, who) => linkByPassword(as, who, { account, password: 'right' })),
  learn: (model, { account }, came) => void linkByPassword(model, came, { account, password: 'right' }),
  async act(chats, _who, { account, both }) {
    const slip = chats.slips.get(account) ?? '';
    for (const who of both) await chats.say(who, '/link', '[По паролю из пункта приёма платежей]', account, slip);
    return connectBoth(chats, both);
  },
});

/** This person and somebody of another login, neither of whom has the account. */
function twoWithout(model: Model, name: string, account: string, besides?: string): Both | undefined {
  const open = RESIDENTS.flatMap((one) => {
    const login = signedIn(model, one.name);
    return login && !login.links.has(account) && login.login !== besides ? [{ who: one.name, login }] : [];
  });
  const own = open.find(({ who }) => who === name);
  const other = open.find(({ login }) => own && login !== own.login);
  return own && other ? [own.who, other.who] : undefined;
}

function expectOne(model: Model, both: Both, link: (as: Model, who: string) => string): string {
  const [one, other] = both.map((who) => signedIn(model, who));
  if (!one || !other || one === other) throw new Unspoken('two of one login');
  if (both.some((who) => link(structuredClone(model), who) !== 'linked')) throw new Unspoken('one of them cannot');
  for (const who of both) seen(model, who);
  return both.join(' | ');
}

async function connectBoth(chats: Chats, both: Both): Promise<string> {
  await chats.sayTogether(both.map((who) => `${who}: [Подключить]`));
  const linked = chats.readersOf('Лицевой счёт подключён');
  for (const who of both) await chats.say(who, '/cancel');
  return linked.join(', ') || 'nobody';
}
