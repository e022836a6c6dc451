import { transcripts } from '../../kit/chat/transcripts.ts';
import { expectNoSecrets, settleTown } from '../town.ts';

transcripts(new URL('./accounts/', import.meta.url), { before: settleTown, after: expectNoSecrets });
