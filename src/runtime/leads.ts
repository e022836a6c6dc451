/** What of all processes that share the database one does (`adapters/postgres/leads.ts` has it so). */
export type Leads = {
  /**
   * Calls `work` while this process alone leads under `name`, and again each time it leads anew; the signal that `work` gets is aborted when
   * the lead is lost or `stop` is. Resolves once `stop` is aborted and `work` has ended; throws what `work` throws. `onStandby` hears that
   * the database answered, and that it is somebody else who leads.
   */
  lead: (of: { name: string; onStandby?: () => void }, work: LedWork, stop: AbortSignal) => Promise<void>;
  /** The names under which this process leads now. */
  held: () => string[];
  /** Once nothing is led any more. */
  close: () => Promise<void>;
};

export type LedWork = (signal: AbortSignal, stillLeads: StillLeads) => Promise<void>;

/** Whether this process leads at this moment, by its own clock: for steps that nobody may take twice. */
export type StillLeads = () => boolean;
