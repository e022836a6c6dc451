import { randomBytes } from 'node:crypto';
import { createBackground } from '../../src/adapters/background.ts';
import { openKeyring } from '../../src/adapters/keyring.ts';
import { cheapHasher } from './passwords.ts';
import { LoginOrPhone } from '../../src/domain/login.ts';
import { Phone } from '../../src/domain/phone.ts';
import type { Caller, MessengerId } from '../../src/office/caller.ts';
import type { CodeSent, OfficeEdges, OfficeSettings } from '../../src/office/edges.ts';
import { createOffice } from '../../src/office/office.ts';
import type { Db } from '../../src/records/database.ts';
import { listCards } from './cards.ts';
import { CENTRE } from './centre.ts';
import { NOBODY_IS_STAFF, OFFICE_SETTINGS } from './office-settings.ts';
import { filledForm } from './registration.ts';

const MINUTE_MS = 60_000;

export type Cabinet = ReturnType<typeof cabinetOn>;

/** The office on a real Postgres, with a clock to move, SMS to read, and a provider that can be told what to answer. */
export function cabinetOn({ db, url }: { db: Db; url: string }, start: Date, settings: Partial<OfficeSettings> = {}) {
  const failed: unknown[] = [];
  const background = createBackground((error) => failed.push(error));
  let now = start;
  let operations = 0;
  const sms: { phone: string; code: string }[] = [];
  const provider: { answer: CodeSent | (() => Promise<CodeSent>) } = { answer: { outcome: 'sent', provider: 'test' } };
  const secretKey = randomBytes(32).toString('hex');
  const keyring = openKeyring(secretKey);
  const hasher = cheapHasher(keyring);
  const judged: (string | undefined)[] = [];

  const edges: OfficeEdges = {
    db,
    clock: () => now,
    randomness: {
      integer: (below) => randomBytes(6).readUIntBE(0, 6) % below,
      id: () => randomBytes(16).toString('base64url'),
    },
    keyring,
    passwords: {
      hash: (password) => hasher.hash(password),
      verify: (hash, password) => {
        judged.push(hash);
        return hasher.verify(hash, password);
      },
      check: (hash, password) => {
        judged.push(hash);
        return hasher.check(hash, password);
      },
    },
    sendCode: async ({ phone, code }) => {
      sms.push({ phone, code });
      return typeof provider.answer === 'function' ? provider.answer() : provider.answer;
    },
    codeText: (code) => `Код ${code}`,
    background: background.run,
    staff: NOBODY_IS_STAFF,
    centre: CENTRE,
    settings: { ...OFFICE_SETTINGS, ...settings },
  };
  const office = createOffice(edges);

  /** A step of an update; the same `operation` is the same update come again. */
  const by = (person: number, operation = `op-${++operations}`): Caller => ({
    messengerId: `telegram:${person}`,
    idempotencyKey: operation,
  });
  const codeTo = (phone: string) => sms.findLast((each) => each.phone === phone)?.code ?? 'none';

  const settledCode = async (phone: string) => {
    await background.settled();
    return codeTo(phone);
  };

  const at = {
    db,
    url,
    secretKey,
    edges,
    office,
    sms,
    provider,
    /** Hashes that passwords were held against, in order; undefined is the dummy. */
    judged,
    settled: () => background.settled(),
    /** What broke where nobody waited for it. */
    failed,
    by,
    codeTo,
    later(ms: number) {
      now = new Date(now.getTime() + ms);
    },
    now: () => now,

    async draft(person: number, owner: { login: string; phone: string }, password: string): Promise<string> {
      const drafted = await office.passwordDrafts.draft(by(person), owner, password);
      if (drafted.outcome !== 'drafted') throw new Error(drafted.problem);
      await office.passwordDrafts.repeat(by(person), drafted.draft, password);
      return drafted.draft;
    },

    async prove(person: number, purpose: 'registration' | 'recovery' | 'new-phone', phone: string): Promise<string> {
      const sent = await office.confirmations.send(by(person), purpose, Phone.parse(phone));
      if (sent.outcome !== 'sent') throw new Error(sent.outcome);
      await background.settled();
      const checked = await office.confirmations.check(by(person), sent.code, codeTo(phone));
      if (checked.outcome !== 'confirmed') throw new Error(checked.outcome);
      return checked.proof;
    },

    /** What a registration is made of, up to the code. */
    form: (person: number, login: string, phone: string, password: string) =>
      filledForm({ office, by: () => by(person), codeTo: settledCode }, { login, phone, password }),

    /** The whole of points 3 to 6. The first SMS is a minute ago afterwards. */
    async register(person: number, login: string, phone: string, password: string, takePhone = false) {
      const registered = await office.registration.register(by(person), {
        ...(await at.form(person, login, phone, password)),
        takePhone,
      });
      at.later(MINUTE_MS);
      return registered;
    },

    enter(person: number, name: string, password: string, operation?: string) {
      return office.signIn.enter(by(person, operation), LoginOrPhone.parse(name), password);
    },

    /** Both steps of the sign-in of a person whom the login does not know yet. */
    async signInNew(person: number, login: string, password: string, phone: string) {
      const entered = await at.enter(person, login, password);
      if (entered.outcome !== 'code-needed') throw new Error(entered.outcome);
      const sent = await office.signIn.sendCode(by(person), entered.ticket);
      if (sent.outcome !== 'sent') throw new Error(sent.outcome);
      const checked = await office.confirmations.check(by(person), sent.code, codeTo(phone));
      if (checked.outcome !== 'confirmed') throw new Error(checked.outcome);
      const done = await office.signIn.complete(by(person), entered.ticket, checked.proof);
      at.later(MINUTE_MS);
      return done;
    },

    /** What staff are told of troubles. */
    cards: () => listCards(db),

    notices: async (to: MessengerId | 'staff') =>
      (
        await db
          .selectFrom('outbox')
          .where('kind', '=', 'notice')
          .select(['text', 'words'])
          .where('addressee', '=', to)
          .orderBy('id')
          .execute()
      ).map((row) => ({
        text: row.text,
        words: row.words,
      })),
  };
  return at;
}
