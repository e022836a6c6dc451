import type { Office } from './office.ts';

/** Hears what people have brought about in the bot; a repeat of an update is heard again, which is rare. */
export type OnAct = {
  signedIn: () => void;
  registered: () => void;
  linked: () => void;
  readings: (who: 'resident' | 'guest', scales: number) => void;
  requested: () => void;
  paid: (outcome: 'credited' | 'kept', totalKopecks: number) => void;
};

type Verb<A extends readonly unknown[], R> = (...args: A) => Promise<R>;

/** The same office, whose verbs tell what came of them. */
export function countActs(office: Office, on: OnAct): Office {
  const { signIn, registration, linking, readings, requests, paymentIntake } = office;
  return {
    ...office,
    signIn: {
      ...signIn,
      enter: heard(signIn.enter, ({ outcome }) => void (outcome === 'signed-in' && on.signedIn())),
      complete: heard(signIn.complete, ({ outcome }) => void (outcome === 'signed-in' && on.signedIn())),
    },
    registration: {
      ...registration,
      register: heard(registration.register, ({ outcome }) => void (outcome === 'registered' && on.registered())),
    },
    linking: { ...linking, confirm: heard(linking.confirm, ({ outcome }) => void (outcome === 'linked' && on.linked())) },
    readings: {
      ...readings,
      take: heard(readings.take, (said, _caller, given) => {
        if (said.outcome === 'taken') on.readings('link' in given ? 'resident' : 'guest', said.taken.length);
      }),
    },
    requests: { ...requests, open: heard(requests.open, ({ outcome }) => void (outcome === 'opened' && on.requested())) },
    paymentIntake: {
      ...paymentIntake,
      credit: heard(paymentIntake.credit, (said) => void (said.outcome !== 'repeat' && on.paid(said.outcome, said.totalKopecks))),
    },
  };
}

function heard<A extends readonly unknown[], R>(verb: Verb<A, R>, hear: (said: R, ...args: A) => void): Verb<A, R> {
  return async (...args) => {
    const said = await verb(...args);
    hear(said, ...args);
    return said;
  };
}
