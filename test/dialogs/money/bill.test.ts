import { transcripts } from '../../kit/chat/transcripts.ts';
import { settleBilledTown } from './billed-town.ts';

transcripts(new URL('./bill/', import.meta.url), { before: settleBilledTown });
