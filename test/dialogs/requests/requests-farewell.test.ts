import { transcripts } from '../../kit/chat/transcripts.ts';
import { SHORT_CONSENT, withIvan } from '../cabinet.ts';

transcripts(new URL('./requests-farewell/', import.meta.url), { ...SHORT_CONSENT, before: withIvan });
