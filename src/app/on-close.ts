/** Hears how a part that was opened is closed again; what is opened later is closed earlier. */
export type OnClose = (close: () => Promise<unknown> | void) => void;
