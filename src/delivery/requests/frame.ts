import type { RequestMessage } from '../../records/request-messages.ts';
import type { Request } from '../../records/requests.ts';
import type { MessageFrame } from './parts.ts';
import type { DeliveryRoom } from './step.ts';

/** `cited`: the words that it answers, where the messenger does not show them itself; `begins`: staff begin a talk by it; `limits`: of where it goes. */
export function frameOf(
  { texts }: Pick<DeliveryRoom, 'texts'>,
  { number }: Pick<Request, 'number'>,
  { side, context }: Pick<RequestMessage, 'side' | 'context'>,
  {
    corrected,
    plain,
    cited,
    begins = false,
    limits,
  }: { corrected: boolean; plain: boolean; cited: string | undefined; begins?: boolean; limits: MessageFrame['limits'] },
): MessageFrame {
  const say = (name: string, words = {}) => texts.text(name, words, { marked: true });
  const residents = side === 'resident';
  const from = context?.from;
  return {
    header: residents
      ? say('thread-resident-header', { number, plain, anew: corrected })
      : begins && !corrected
        ? say('thread-written-header', { number })
        : say('thread-answer-header', { number, anew: corrected }),
    context: [
      // Whose words a colleague passes on is nobody's business but theirs; what a channel says is said to all.
      ...(from ? [say('thread-passed-on', { name: residents || from.who === 'chat' ? from.name : 'none' })] : []),
      ...(cited === undefined ? [] : [say('thread-quoted', { quote: cited })]),
    ].join('\n'),
    residents,
    limits,
    nameOf: (kind) => texts.text('thread-piece', { kind }),
  };
}
