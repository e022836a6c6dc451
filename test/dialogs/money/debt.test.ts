import { transcripts } from '../../kit/chat/transcripts.ts';
import { expectNoSecrets, settleTown } from '../town.ts';

transcripts(new URL('./debt/', import.meta.url), { before: settleTown, after: expectNoSecrets });
