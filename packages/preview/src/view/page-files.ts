/** The folder of the built page: it lies beside what is built of this package. */
export const PAGE_FILES = import.meta.url.endsWith(".ts")
  ? new URL("../../dist/page/", import.meta.url)
  : new URL("./page/", import.meta.url);
