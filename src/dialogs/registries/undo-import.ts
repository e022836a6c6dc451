import { ImportNumber } from '../../domain/import-number.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Scene } from '../kit/scene.ts';

/** «Отменить загрузку» under a registry that was taken in: asked once more, and then done by a worker. `ref`: the import's number. */
export const undoImport: Dialog<Office> = async (scene, ref) => {
  const number = ImportNumber.safeParse(ref);
  return number.success ? undo(scene, number.data) : chooseImport(scene);
};

/** Which one is asked, with the last ones to choose from; one that came by the command line or from the folder can be undone, too. */
export async function chooseImport(scene: Scene<Office>): Promise<void> {
  const { say, ask, office } = scene;
  const last = await office.staffRegistries.lastImports();
  if (last.outcome === 'not-staff') return say('not-understood');
  if (last.outcome === 'senior-needed') return say('registry-senior-needed', { kind: 'undo' });
  if (last.imports.length === 0) return say('undo-import-nothing');
  const lines = last.imports.map(({ number, ...words }) => ({
    text: 'undo-import-line',
    words: { number: String(number), ...words },
  }));
  return undo(scene, await ask('undo-import-which', ImportNumber, { lines }));
}

async function undo({ say, choose, office }: Scene<Office>, number: number): Promise<void> {
  const words = { number: String(number) };
  await choose('undo-import-sure', ['undo-import'], words);
  const asked = await office.staffRegistries.undo(number);
  if (asked.outcome === 'not-staff') return say('not-understood');
  if (asked.outcome === 'senior-needed') return say('registry-senior-needed', { kind: 'undo' });
  return say(asked.outcome === 'undoing' ? 'undo-import-begun' : 'undo-import-no-such', words);
}
