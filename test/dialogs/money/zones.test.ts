import { transcripts } from '../../kit/chat/transcripts.ts';
import { settleZonedTown } from './zoned-town.ts';

transcripts(new URL('./zones/', import.meta.url), { before: settleZonedTown });
