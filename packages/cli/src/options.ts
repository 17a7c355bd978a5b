/** The options of every command that reads personas. */
export interface Options {
  /** Target ids; absent for those of the configuration, or the default ones. */
  readonly target?: readonly string[];
  readonly json: boolean;
  /** Every loss is an error. */
  readonly strict: boolean;
  /** The project folder; absent for the configuration's, or the current one. */
  readonly out?: string;
}
