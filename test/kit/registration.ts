import { Login } from '../../src/domain/login.ts';
import { Phone } from '../../src/domain/phone.ts';
import type { Caller } from '../../src/office/caller.ts';
import type { Office } from '../../src/office/office.ts';

/** Who registers, as it is typed. */
export type Registering = { login: string; phone: string; password: string };

type Desk = {
  office: Office;
  by: () => Caller;
  /** Resolves when the SMS is out; the code of it. */
  codeTo: (phone: string) => Promise<string>;
};

/** Points 3 to 6 up to the code: all that `office.registration.register` is told. */
export async function filledForm({ office, by, codeTo }: Desk, { login, password, ...typed }: Registering) {
  const phone = Phone.parse(typed.phone);
  const { sha256 } = await office.consents.read(by());
  await office.consents.give(by(), sha256);
  const drafted = await office.passwordDrafts.draft(by(), { login, phone }, password);
  if (drafted.outcome !== 'drafted') throw new Error(drafted.problem);
  await office.passwordDrafts.repeat(by(), drafted.draft, password);
  const sent = await office.confirmations.send(by(), 'registration', phone);
  if (sent.outcome !== 'sent') throw new Error(sent.outcome);
  const checked = await office.confirmations.check(by(), sent.code, await codeTo(phone));
  if (checked.outcome !== 'confirmed') throw new Error(checked.outcome);
  return { login: Login.parse(login), draft: drafted.draft, proof: checked.proof };
}
