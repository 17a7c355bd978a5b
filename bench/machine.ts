import { availableParallelism, totalmem } from "node:os";

/** What a reader has to know of the machine that measured; no name of it. */
export function machine(): string {
  const [major, minor] = process.versions.node.split(".");
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `${availableParallelism()} CPUs, ${gigabytes} GB, ${process.platform} ${process.arch}, Node.js ${major}.${minor}`;
}
