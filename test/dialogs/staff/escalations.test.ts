import { describe } from 'vitest';
import { transcripts } from '../../kit/chat/transcripts.ts';
import type { World } from '../../kit/chat/world.ts';
import { SHORT_CONSENT } from '../cabinet.ts';
import { expectNoSecrets, linkFor, settleTown } from '../town.ts';

const town = {
  async before(world: World) {
    await settleTown(world);
    await linkFor(world, 701, '0012345');
  },
  after: expectNoSecrets,
};

transcripts(new URL('./escalations/', import.meta.url), town);

describe('a group without topics', () => {
  transcripts(new URL('./troubles-plain/', import.meta.url), { ...town, forum: false });
});

describe('the first provider of SMS is down', () => {
  transcripts(new URL('./troubles-sms/', import.meta.url), {
    ...SHORT_CONSENT,
    async before(world) {
      world.answerSms(async (avoid) =>
        avoid === 'smsru'
          ? { outcome: 'sent', provider: 'smsc' }
          : { outcome: 'failed', reasons: [{ provider: 'smsru', reason: 'down', detail: 'HTTP 503' }] },
      );
    },
  });
});
