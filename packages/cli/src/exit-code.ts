/** 0 clean, 1 drift or findings, 2 bad input or usage. */
export type ExitCode = 0 | 1 | 2;
