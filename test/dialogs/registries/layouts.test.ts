import type { z } from 'zod';
import { Layouts } from '../../../src/office/registries/layouts/layout.ts';
import { BANK } from '../../kit/bank-layout.ts';
import { transcripts } from '../../kit/chat/transcripts.ts';
import { settleTown } from '../town.ts';

const layouts: z.input<typeof Layouts> = [BANK, { name: 'Почта', kind: 'payments', separator: '|', rename: { Счёт: 'ЛС' } }];

transcripts(new URL('./layouts/', import.meta.url), {
  files: new URL('./layouts/files/', import.meta.url),
  centre: { layouts: Layouts.parse(layouts) },
  async before(world) {
    await settleTown(world);
    world.staff.add('telegram:701');
    world.seniors.add('telegram:701');
  },
});
