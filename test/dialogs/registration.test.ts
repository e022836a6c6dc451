import { transcripts } from '../kit/chat/transcripts.ts';

transcripts(new URL('./registration/', import.meta.url));
