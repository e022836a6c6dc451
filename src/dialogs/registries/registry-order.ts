import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';

/** The buttons under a registry that was checked: «Провести», «Проверить ещё раз», «Не проводить». `ref`: which of them, and the order. */
export const registryOrder: Dialog<Office> = async ({ say, office }, ref) => {
  const [, verb, id = ''] = /^(apply|again|drop)-(.+)$/.exec(ref) ?? [];
  const { deskRegistries } = office;
  const done =
    verb === 'apply'
      ? await deskRegistries.apply(id)
      : verb === 'again'
        ? await deskRegistries.checkAgain(id)
        : await deskRegistries.drop(id);
  switch (done.outcome) {
    case 'not-staff':
      return say('not-understood');
    case 'none':
      return say('registry-none');
    case 'senior-needed':
      return say('registry-senior-needed', { kind: done.why === 'owners' ? 'owners' : 'import' });
    case 'stands':
      return say('registry-stands', { name: done.name, state: done.state });
    case 'applying':
    case 'check-is-old':
    case 'checking':
    case 'dropped':
      return say(`registry-order-${done.outcome}`, { name: done.name });
  }
};
