/** Something whose time is taken, again and again. */
export interface Workload {
  /** Trained numbers of what runs, by which two implementations are told to be of one network. */
  readonly params: number | null;
  /** Images that one run goes through; null where there are none. */
  readonly images: number | null;
  /** What is to be said of it beside its times. */
  readonly note?: string | null;
  /** Does what is timed, its result read back. */
  run(): Promise<void>;
  /** The same with a single image: enough to warm up an engine that takes minutes for `run`. */
  runOne?(): Promise<void>;
  close(): Promise<void> | void;
}
