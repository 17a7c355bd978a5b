/** The only address that the server listens on. */
export const LOOPBACK = "127.0.0.1";

/**
 * Whether a request comes from the page itself. A page elsewhere whose name was made to lead here (DNS rebinding) still says its own
 * name as the host, and another origin says so.
 */
export function isFromHere(
  port: number,
  { host, origin }: { host?: string | undefined; origin?: string | undefined },
): boolean {
  const own = [LOOPBACK, "localhost"].map((name) => `${name}:${port}`);
  if (host === undefined || !own.includes(host.toLowerCase())) return false;
  return origin === undefined || own.some((each) => origin.toLowerCase() === `http://${each}`);
}
