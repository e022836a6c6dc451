import { z } from 'zod';
import type { Chapters } from '../../src/dialogs/kit/chapter.ts';
import type { Dialog, Door } from '../../src/dialogs/kit/scene.ts';
import type { BankPaymentOrder } from '../../src/domain/payment-qr.ts';
import type { Office } from '../../src/office/office.ts';
import { transcripts } from '../kit/chat/transcripts.ts';

const Word = z.string().regex(/^[a-z]{3,8}$/, 'account-number');

/** Every kind of question, with texts that belong to others. */
const sample: Dialog<Office> = async ({ say, ask, askOr, askSecret, askPhone, choose, pick, goTo }) => {
  const word = await ask('button-login', Word);
  const either = await askOr('button-register', Word, { buttons: ['link'] });
  const phone = await askPhone('button-contacts', z.string());
  const secret = await askSecret(
    'button-settings',
    async (typed, office) => ({ length: typed.length, who: (await office.residents.who()).who }),
    {
      buttons: ['debt'],
    },
  );
  const chosen = await choose('button-menu', ['debt', 'accounts']);
  const options = Array.from({ length: 12 }, (_, i) => ({ key: `k${i}`, label: `Счёт ${i}` }));
  const picked = await pick('button-accounts', options);
  await say('error-sorry', { reference: JSON.stringify([word, either, phone, secret, chosen, picked]) });
  if (chosen === 'debt') await goTo('contacts', 'from-sample');
};

const breaking: Dialog<Office> = async ({ ask }) => {
  await ask('button-login', Word);
  throw new TypeError('a secret 4711');
};

/** Pages that are turned in place; beyond the third there is none. */
const pages: Dialog<Office> = async ({ show }, ref) => {
  const page = Number(ref || '1');
  const door = (label: string, to: number): Door => ({ label, dialog: 'accounts', ref: String(to), replaces: true });
  const doors = [door('button-previous-page', page - 1), door('button-next-page', page + 1)];
  await show('error-sorry', { reference: String(page) }, page < 3 ? [doors] : []);
};

const ORDER: BankPaymentOrder = {
  payee: {
    name: 'Центр',
    inn: '6154000000',
    account: '4'.repeat(20),
    bank: 'Банк',
    bic: '046015000',
    corrAccount: '3'.repeat(20),
  },
  accountNumber: '0012345',
  period: '2026-10',
  sumKopecks: 100,
};

const papers: Dialog<Office> = async ({ hand, askPhoto, say }) => {
  const given = await askPhoto('button-readings', { buttons: ['debt'] });
  await hand({ kind: 'payment-qr', data: ORDER }, 'button-bill', {}, [{ label: 'button-pay', dialog: 'contacts' }]);
  await say('error-sorry', { reference: JSON.stringify(given) });
};

/** Twelve choices, or a word instead. */
const choices: Dialog<Office> = async ({ pickOr, say }) => {
  const options = Array.from({ length: 12 }, (_, i) => ({ key: `k${i}`, label: `Месяц ${i}` }));
  const first = await pickOr('button-accounts', options, Word);
  const second = await pickOr('button-link', options, Word);
  await say('error-sorry', { reference: JSON.stringify([first, second]) });
};

/** Message after message; what was taken is brought to the same chapter once more. */
const messages: Dialog<Office> = async ({ brought, collect, say, goTo }) => {
  const before = await brought();
  const taken = await collect('button-bill', {
    buttons: ['send'],
    options: [{ key: 'again', label: { text: 'button-menu' } }],
    brought: before,
    more: 'button-link',
  });
  if ('picked' in taken) return goTo('bill', '', taken.messageParts);
  const reference = taken.messageParts.map(({ kind, words }) => `${kind} ${words}`.trim()).join(', ');
  return say('error-sorry', { reference: `${taken.messageParts.length}: ${reference}` });
};

const chapters: Chapters<Office> = {
  bill: { dialog: messages, version: 'v1', changesMenu: false },
  details: { dialog: choices, version: 'v1', changesMenu: false },
  accounts: { dialog: pages, version: 'v1', changesMenu: false },
  debt: { dialog: papers, version: 'v1', changesMenu: false },
  'sign-in': { dialog: sample, version: 'v1', changesMenu: false },
  registration: { dialog: breaking, version: 'v1', changesMenu: false },
  contacts: {
    dialog: async ({ say }, ref) => say('error-sorry', { reference: ref || 'none' }),
    version: 'v1',
    changesMenu: true,
  },
};

transcripts(new URL('./dialog-kit/', import.meta.url), { chapters });
