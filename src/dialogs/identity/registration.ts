import { shownLogin } from '../../domain/masked-login.ts';
import { splitText } from '../../domain/parts.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';

/** Longer than a message may be, the document goes on in the next one. */
const PART = 3000;

/**
 * Points 2 and 3, the consent: a document of its own, before anything personal is typed; the form follows in `registration-form.ts`. `ref`: the
 * account from whose paper the person came, to be linked in the end.
 */
export const registration: Dialog<Office> = async ({ say, choose, goTo, office }, ref) => {
  // 2 «Регистрация»: for those who are not in yet.
  const who = await office.residents.who();
  if (who.who === 'resident') return say('registration-signed-in', { login: shownLogin(who.login) });

  // 3 The consent as it is: without «Даю согласие» the dialog ends here.
  const document = await office.consents.read();
  for (const part of splitText(`${document.title}\n\n${document.text}`, PART)) await say('registration-consent', { part });
  const summary = document.summary.map((line) => ({ text: 'registration-consent-line', words: { line } }));
  await choose('registration-consent-ask', ['agree'], { summary, count: summary.length });
  const consent = await office.consents.give(document.sha256);
  if (consent.outcome === 'changed') {
    await say('registration-consent-changed');
    return goTo('registration', ref);
  }
  return goTo('registration-form', ref);
};
