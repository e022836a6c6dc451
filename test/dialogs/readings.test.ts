import { transcripts } from '../kit/chat/transcripts.ts';
import { settleForGuests, settleMeteredTown } from './metered-town.ts';

transcripts(new URL('./readings/', import.meta.url), { before: settleMeteredTown });
transcripts(new URL('./readings-of-guests/', import.meta.url), { before: settleForGuests });
