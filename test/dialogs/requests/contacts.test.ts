import { transcripts } from '../../kit/chat/transcripts.ts';

transcripts(new URL('./contacts/', import.meta.url));
