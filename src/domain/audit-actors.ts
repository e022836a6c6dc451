/** Who stands in the audit log in place of a messenger id. */

/** The operator at the command line. */
export const COMMAND_LINE = 'command line' as const;

/** What is taken from the folder of registries by itself. */
export const REGISTRY_FOLDER = 'registry folder' as const;

/** What is exported at its time. */
export const SCHEDULE = 'schedule' as const;

/** A resident: which one only the entry's `residentId` says, an id that names nobody once the consent is withdrawn. The log is for ever. */
export const SOME_RESIDENT = 'resident' as const;

/** What the bot does by itself. */
export const BOT = 'bot' as const;

export type AuditActor = typeof COMMAND_LINE | typeof REGISTRY_FOLDER | typeof SCHEDULE | typeof SOME_RESIDENT | typeof BOT;
