/** The options of every command. */
export interface Options {
  readonly target?: readonly string[];
  readonly json: boolean;
  /** The project folder; `list` has none. */
  readonly out: string;
}
