/** A file of another messenger, as what it is: no handle is good anywhere but in its own. */
export type CarriedFile = { name: string; bytes: Uint8Array };

/** A file that is to be handed over: the handle of the messenger that has it already, or what is to be sent up to it. */
export type OutgoingFile = string | CarriedFile;

/** Of one file, in bytes: how large a messenger gives it to us, and how large it takes it from us. */
export type FileLimits = { mostFetchedBytes: number; mostHandedBytes: number };
