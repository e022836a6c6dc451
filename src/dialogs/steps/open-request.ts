import type { MessagePart } from '../../office/staff/message-part.ts';
import type { Office } from '../../office/office.ts';
import type { Scene } from '../kit/scene.ts';
import { sayRefused } from './request-refused.ts';

/** Opens a request and says by when it is answered; what cannot be opened as it is, is put to the person again with the words. */
export async function openRequest(
  scene: Scene<Office>,
  draft: { topic: string; link: string | null; messageParts: readonly MessagePart[] },
): Promise<void> {
  const { say, conclude, goTo, office } = scene;
  const opened = await office.requests.open(draft);
  if (opened.outcome === 'gone') {
    await say('request-changed');
    return goTo('request', '', draft.messageParts);
  }
  if (opened.outcome !== 'opened') return sayRefused(scene, opened);
  const { number, topic, account, answerBy, others } = opened;
  const words = { number, topic, account: account ?? 'none', answerBy: answerBy ?? 'unknown', others };
  return conclude('request-opened', words, [
    { label: 'button-add-to-request', dialog: 'add-to-request', ref: String(number) },
    { label: 'button-my-requests', dialog: 'my-requests' },
  ]);
}
