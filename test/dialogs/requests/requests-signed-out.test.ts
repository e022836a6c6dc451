import { transcripts } from '../../kit/chat/transcripts.ts';
import { SHORT_CONSENT, withIvan } from '../cabinet.ts';

/** Answers to a resident who has signed out since he asked. */
transcripts(new URL('./requests-signed-out/', import.meta.url), { ...SHORT_CONSENT, before: withIvan });
