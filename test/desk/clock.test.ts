import { HOUR_MS } from '../../src/domain/durations.ts';
import { linkFor, settleTown } from '../dialogs/town.ts';
import { transcripts } from '../kit/chat/transcripts.ts';

transcripts(new URL('./clock/', import.meta.url), {
  centre: {
    requests: {
      topics: [
        { key: 'charges', label: 'Начисления', mention: ['olga_k'] },
        { key: 'payment', label: 'Оплата', mention: [] },
      ],
      cannedAnswers: [],
      answerWithinHours: 8,
      closeAfterDays: 5,
    },
  },
  before: async (world) => {
    await settleTown(world);
    // A Monday, 10 o'clock.
    world.pass(22 * HOUR_MS);
    await linkFor(world, 701, '0012345');
  },
});
