import { z } from 'zod';
import type { Chapters } from '../../src/dialogs/kit/chapter.ts';
import type { Dialog } from '../../src/dialogs/kit/scene.ts';
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

const chapters: Chapters<Office> = {
  'sign-in': { dialog: sample, version: 'v1', changesMenu: false },
  registration: { dialog: breaking, version: 'v1', changesMenu: false },
  contacts: {
    dialog: async ({ say }, ref) => say('error-sorry', { reference: ref || 'none' }),
    version: 'v1',
    changesMenu: true,
  },
};

transcripts(new URL('./dialog-kit/', import.meta.url), { chapters });
