import { dirname } from "node:path";

/** What opens an address on a system: the program, and what comes before the address. */
const OPENERS: { readonly [platform: string]: readonly [string, ...string[]] } = {
  darwin: ["open"],
  // The shell's `start` would read `&` and the like in an address.
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/** Opens an address in the user's browser. Returns whether that could be started. The package `open` would bring eleven others along. */
export async function openInBrowser(url: string): Promise<boolean> {
  const [program, ...before] = OPENERS[process.platform] ?? ["xdg-open"];
  const { spawn } = process.getBuiltinModule("node:child_process");
  // Windows looks for a program in the working directory first, where the project could plant one.
  const cwd = dirname(process.execPath);
  const child = spawn(program, [...before, url], { cwd, detached: true, stdio: "ignore" });
  return new Promise((done) => {
    child.once("error", () => done(false));
    child.once("spawn", () => {
      child.unref();
      done(true);
    });
  });
}
