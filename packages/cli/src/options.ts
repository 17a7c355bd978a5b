/** The options of every command that reads personas. */
export interface Options {
  /** Target ids; absent for the default targets. */
  readonly target?: readonly string[];
  readonly json: boolean;
  /** Every loss is an error. */
  readonly strict: boolean;
  /** The project folder; `list` has none. */
  readonly out: string;
}
