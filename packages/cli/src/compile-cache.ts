/** From Node 22.8: keeps compiled code for the next run. */
export function cacheCompiledCode(): void {
  const folder = privateFolder();
  if (folder !== undefined) process.getBuiltinModule("node:module").enableCompileCache?.(folder);
}

/**
 * A folder for temporary files that nobody else can write to, or undefined. Compiled code is code, and Node's own
 * choice is a folder shared by all users, which any of them may have made.
 */
function privateFolder(): string | undefined {
  // Not imported, because --help and --version need none of them.
  const { lstatSync, mkdirSync } = process.getBuiltinModule("node:fs");
  const { tmpdir } = process.getBuiltinModule("node:os");
  const { join } = process.getBuiltinModule("node:path");
  const uid = process.getuid?.();
  const folder = join(tmpdir(), uid === undefined ? "personakit" : `personakit-${uid}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const stat = lstatSync(folder);
    // Windows has no numeric users or modes, but gives each user a temporary folder.
    const isPrivate = uid === undefined || (stat.uid === uid && (stat.mode & 0o077) === 0);
    return stat.isDirectory() && isPrivate ? folder : undefined;
  } catch {
    // Without it, a run takes a little longer.
    return undefined;
  }
}
