/** As much of a logger as a worker needs; fields hold neither words nor people. */
export type WorkerLog = Record<'info' | 'warn', (fields: Record<string, unknown>, message: string) => void>;
