import type { Sending } from '../../office/identity/codes.ts';
import type { Office } from '../../office/office.ts';
import type { Phrase, Scene, TextArgs } from '../kit/scene.ts';

type Sent = Sending | { outcome: 'too-late' };

/** `closed`, `bad-number`: there is no proof, and the resident was told why and what to do. */
export type PhoneConfirmed = { outcome: 'confirmed'; proof: string } | { outcome: 'closed' | 'bad-number' };

/** Points 4 to 6: the SMS goes out, the code is typed and accepts itself. `question` says to which phone it went. */
export async function confirmPhone(
  scene: Scene<Office>,
  send: () => Promise<Sent>,
  question: string,
  words: TextArgs,
): Promise<PhoneConfirmed> {
  const { inChat } = await scene.office.confirmations.ways();
  const said = { ...words, inChat };
  for (;;) {
    const sent = await sendCode(scene, send, words);
    if ('outcome' in sent) return sent;
    const typed = await askCode(scene, sent, question, said);
    if (typed.outcome !== 'resend') return typed;
  }
}

/** The id of a code that may be typed, and how it is asked for where not as ever. */
type CodeQuestion = { code: string; asks?: string; because?: Phrase };

async function sendCode(
  scene: Scene<Office>,
  send: () => Promise<Sent>,
  words: TextArgs,
): Promise<CodeQuestion | { outcome: 'closed' | 'bad-number' }> {
  const { choose } = scene;
  for (;;) {
    const sent = await send();
    if (sent.outcome === 'sent') return { code: sent.code };
    if (isLater(sent) && sent.code !== undefined) return { code: sent.code, asks: 'code-again', because: whyLater(sent) };
    // Staff may send it by another way: it is awaited.
    if (sent.outcome === 'failed' && sent.code !== undefined) return { code: sent.code, asks: 'code-not-sent' };
    if (sent.outcome === 'too-soon') await choose('code-wait', ['resend-code'], { seconds: sent.seconds });
    else if (sent.outcome === 'failed') await choose('code-not-sent', ['resend-code']);
    // It is over by itself: what was typed is not typed again.
    else if (sent.outcome === 'crowded') await choose('code-crowded', ['resend-code'], { until: sent.until });
    else {
      await sayRefusal(scene, sent, words);
      return { outcome: sent.outcome === 'bad-number' ? 'bad-number' : 'closed' };
    }
  }
}

/** No other code goes out for a while; the one before it may be good still. */
type CodePaused = Extract<Sent, { outcome: 'too-soon' | 'limit' | 'crowded' }>;

const isLater = (sent: Sent): sent is CodePaused =>
  sent.outcome === 'too-soon' || sent.outcome === 'limit' || sent.outcome === 'crowded';

/** Said where the one before it is good still. */
function whyLater(sent: CodePaused): Phrase {
  switch (sent.outcome) {
    case 'too-soon':
      return { text: 'code-too-soon', words: { seconds: sent.seconds } };
    case 'limit':
      return { text: 'code-limit-live', words: { until: sent.until } };
    case 'crowded':
      return { text: 'code-crowded-live', words: { until: sent.until } };
  }
}

async function sayRefusal(
  { say }: Scene<Office>,
  refusal: Exclude<Sent, { outcome: 'sent' | 'too-soon' | 'failed' | 'crowded' }>,
  words: TextArgs,
): Promise<void> {
  switch (refusal.outcome) {
    case 'closed':
      return say('code-closed', { until: refusal.until });
    case 'limit':
      return say('code-limit', { until: refusal.until });
    case 'bad-number':
      return say('code-bad-number', words);
    case 'too-late':
      return say('code-too-late');
  }
}

async function askCode(
  { say, askSecret }: Scene<Office>,
  { code, asks, because: reason }: CodeQuestion,
  first: string,
  words: TextArgs,
): Promise<{ outcome: 'confirmed'; proof: string } | { outcome: 'closed' } | { outcome: 'resend' }> {
  let question = asks ?? first;
  let because = reason;
  for (;;) {
    const typed = await askSecret(question, (digits, office) => office.confirmations.check(code, digits), {
      words,
      buttons: ['resend-code'],
      because,
    });
    if ('pressed' in typed) return { outcome: 'resend' };
    switch (typed.outcome) {
      case 'confirmed':
        return typed;
      case 'closed':
        await say('code-closed', { until: typed.until });
        return { outcome: 'closed' };
      case 'wrong':
        because = { text: 'code-wrong', words: { left: typed.left } };
        break;
      case 'expired':
        because = { text: 'code-expired' };
        break;
      case 'not-a-code':
        because = { text: 'code-not-a-code' };
    }
    question = 'code-again';
  }
}
