import { ExportNumber } from '../../domain/export-number.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Scene, SentFile } from '../kit/scene.ts';
import { chooseImport } from './undo-import.ts';

/** «Загрузить реестр»: files are checked and then taken in by a worker; what is to go out to billing comes as a file. */
export const staffRegistry: Dialog<Office> = async (scene) => {
  const { say, brought, askFile, office, largestFileBytes: mostBytes } = scene;
  const most = Math.floor(mostBytes / 1024 / 1024);
  // A file that was sent without pressing anything.
  const dropped = (await brought()).find(({ file }) => file !== null);
  const entered = await office.staffRegistries.enter();
  if (entered.outcome === 'not-staff') return say('not-understood');
  const exports = entered.senior ? (['export-readings', 'export-payments'] as const) : (['export-readings'] as const);
  const again = entered.readings + entered.payments > 0 ? (['export-again'] as const) : [];
  const undo = entered.senior && entered.imports ? (['undo-import'] as const) : [];

  const first = dropped
    ? { file: { file: dropped.file ?? '', name: dropped.fileName ?? '', bytes: null } }
    : await askFile('registry-send', { words: { most }, buttons: [...exports, ...again, ...undo] });
  if ('pressed' in first) {
    if (first.pressed === 'undo-import') return chooseImport(scene);
    if (first.pressed === 'export-again') return exportAgain(scene, entered);
    return exportNew(scene, first.pressed === 'export-readings' ? 'readings' : 'payments');
  }

  // One file after another: they come several at once.
  let isOneChecked = false;
  for (let file: SentFile | undefined = first.file; file; ) {
    const kept: Awaited<ReturnType<typeof office.staffRegistries.bring>> = await office.staffRegistries.bring({
      ...file,
      mostBytes,
    });
    if (kept.outcome === 'not-staff') return say('not-understood');
    const words = { name: kept.name, most };
    isOneChecked ||= kept.outcome === 'brought';
    const next: Sent = await askFile(`registry-${kept.outcome}`, {
      words,
      buttons: ['files-sent'],
      ...(isOneChecked && { left: 'registry-left' }),
    });
    file = 'file' in next ? next.file : undefined;
  }
  return say('registry-all-sent');
};

type Sent = { pressed: 'files-sent' } | { file: SentFile };

async function exportNew({ say, office }: Scene<Office>, what: 'readings' | 'payments'): Promise<void> {
  const { outcome } = await office.staffRegistries.export(what);
  if (outcome === 'not-staff') return say('not-understood');
  return say(outcome === 'exporting' ? 'export-begun' : 'registry-senior-needed', { kind: what });
}

async function exportAgain(
  { say, choose, ask, office }: Scene<Office>,
  last: { senior: boolean; readings: number; payments: number },
): Promise<void> {
  const paymentsToo = last.senior && last.payments > 0;
  const which =
    paymentsToo && last.readings > 0
      ? await choose('export-again-which', ['of-readings', 'of-payments'])
      : paymentsToo
        ? 'of-payments'
        : 'of-readings';
  const what = which === 'of-payments' ? 'payments' : 'readings';
  for (;;) {
    const number = await ask('export-again-number', ExportNumber, { kind: what, last: String(last[what]) });
    const asked = await office.staffRegistries.exportAgain(what, number);
    if (asked.outcome === 'not-staff') return say('not-understood');
    if (asked.outcome === 'senior-needed') return say('registry-senior-needed', { kind: what });
    if (asked.outcome === 'exporting') return say('export-begun', { kind: what });
    await say('export-no-such', { number: String(number), last: String(asked.last) });
  }
}
