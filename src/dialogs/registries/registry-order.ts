import { readOrderRef } from '../../domain/door-refs.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Scene } from '../kit/scene.ts';

/**
 * The buttons under a registry that was checked: «Провести», «Проверить ещё раз», «Не проводить», and «Выбрать описание» where it could not
 * be read. `ref`: which of them, and the order.
 */
export const registryOrder: Dialog<Office> = async (scene, ref) => {
  const { say, office } = scene;
  const { verb, id } = readOrderRef(ref);
  if (verb === 'layout') return readByLayout(scene, id);
  const { staffRegistries } = office;
  const done =
    verb === 'apply'
      ? await staffRegistries.apply(id)
      : verb === 'again'
        ? await staffRegistries.checkAgain(id)
        : await staffRegistries.drop(id);
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

async function readByLayout({ say, pick, office }: Scene<Office>, id: string): Promise<void> {
  const found = await office.staffRegistries.layoutsFor(id);
  if (found.outcome === 'not-staff') return say('not-understood');
  if (found.outcome === 'none') return say('registry-none');
  if (found.outcome === 'stands') return say('registry-stands', { name: found.name, state: found.state });
  const [first, ...others] = found.layouts.map(({ name, kind }) => ({
    key: name,
    label: { text: 'registry-layout', words: { name, kind } },
    also: [name],
  }));
  // They were taken out of the settings meanwhile.
  if (!first) return say('registry-stands', { name: found.name, state: 'refused' });
  const layout = others.length > 0 ? await pick('registry-layout-which', [first, ...others], { name: found.name }) : first.key;
  const done = await office.staffRegistries.readBy(id, layout);
  if (done.outcome === 'checking') return say('registry-order-checking', { name: done.name });
  if (done.outcome === 'stands') return say('registry-stands', { name: done.name, state: done.state });
  return say(done.outcome === 'none' ? 'registry-none' : 'not-understood');
}
