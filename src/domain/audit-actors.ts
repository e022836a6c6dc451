/** Who stands in the audit log in place of a messenger id. */

/** The operator at the command line. */
export const COMMAND_LINE = 'command line';

/** What is taken from the folder of registries by itself. */
export const REGISTRY_FOLDER = 'registry folder';

/** What is exported at its time. */
export const SCHEDULE = 'schedule';
