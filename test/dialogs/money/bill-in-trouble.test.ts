import { transcripts } from '../../kit/chat/transcripts.ts';
import type { World } from '../../kit/chat/world.ts';
import { settleBilledTown } from './billed-town.ts';
import * as make from '../../kit/make.ts';

/** Ivan paid a part after the newest charges. */
async function partlyPaid(world: World): Promise<void> {
  await settleBilledTown(world);
  const payment = { account: '0012345', day: '2026-11-10', sumKopecks: 1_000_00, operation: 'in November' };
  await make.payment(world.db, payment);
}

/** What Ivan paid was taken back after the newest charges; Maria, too, who is in credit by them. */
async function reversed(world: World): Promise<void> {
  await settleBilledTown(world);
  await make.payment(
    world.db,
    { account: '0012345', day: '2026-11-05', sumKopecks: -1_500_00, operation: 'R-1' },
    { account: '0022222', day: '2026-11-05', sumKopecks: -1_150_00, operation: 'R-2' },
  );
}

transcripts(new URL('./bill-reversed/', import.meta.url), { before: reversed });
transcripts(new URL('./bill-paid/', import.meta.url), { before: partlyPaid });
transcripts(new URL('./bill-in-trouble/', import.meta.url), { before: settleBilledTown, settings: { payee: null } });
