import type { Caller } from '../office/caller.ts';
import type { FrontDesk } from './front-desk.ts';
import type { Visit } from './visit.ts';

type SecretVisit = Pick<Visit, 'messengerId' | 'letterId'>;

/** That a secret is awaited, as it is known apart from the dialog's state. */
export function createAwaitedSecret(office: Pick<FrontDesk, 'awaitedSecrets'>) {
  const secretCaller = ({ messengerId, letterId }: SecretVisit): Caller => ({
    messengerId,
    idempotencyKey: `${letterId}:secret`,
  });

  return {
    /** To be called before the question for it is put. */
    async expectSecret(visit: Visit): Promise<void> {
      visit.secretAsked = true;
      await office.awaitedSecrets.expect(secretCaller(visit));
    },
    /** Whether a secret was asked for and not yet answered. */
    expectsSecret: (visit: SecretVisit) => office.awaitedSecrets.isExpected(secretCaller(visit)),
    /** The same by what was asked in this visit anyway; where that was nothing, and no dialog is there to tell, it is asked for. */
    isSecretKnownOf: async (visit: Visit): Promise<boolean> => {
      if (visit.visitor) return (await visit.visitor).secretAwaited ?? false;
      return visit.turn.state === undefined && (await office.awaitedSecrets.isExpected(secretCaller(visit)));
    },
    secretIsOver: (visit: SecretVisit) => office.awaitedSecrets.isOver(secretCaller(visit)),
  };
}

/** The keyboard of a phone is fast: the secret that was asked for may be typed after a button of something else. */
export function noteSecretLeft(visit: Visit): void {
  if (visit.progress?.secret && !visit.secretDropped) visit.leftSecret = true;
}
