import { transcripts } from '../../kit/chat/transcripts.ts';
import { settleAnsweredTown } from './answered-town.ts';

transcripts(new URL('./my-readings/', import.meta.url), { before: settleAnsweredTown });
