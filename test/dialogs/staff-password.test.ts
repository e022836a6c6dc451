import { transcripts } from '../kit/chat/transcripts.ts';
import { settleDesk } from './desk-town.ts';

transcripts(new URL('./staff-password/', import.meta.url), { before: settleDesk });
