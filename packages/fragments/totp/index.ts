import { defineFragment, example, type Named, prose } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const fragment = defineFragment({
  id: "totp",
  version: manifest.version,
  title: "TOTP in code",
  summary:
    "How a time-based one-time code is checked, as code. Choose it where the service checks second factors itself.",
  rules: {
    /** How the TOTP example works. */
    totpNotes: prose(
      "**Second factor.** Until the code is accepted, the sign-in has no session, only a short-lived record of the password step. A TOTP secret is 20 random bytes, encrypted at rest, and counts once the user has confirmed it with a first code. Store the step of the last accepted code with `UPDATE totp_secrets SET last_step = :step WHERE user_id = :user_id AND last_step < :step`, and let the user in only if a row changed.",
    ),
    /** Checking a TOTP code as code. */
    totpCode: example(
      "ts",
      `
        import { createHmac, timingSafeEqual } from "node:crypto";

        /** RFC 6238 with its defaults: SHA-1, six digits, steps of 30 seconds. */
        function totp(secret: Buffer, step: number): string {
          const counter = Buffer.alloc(8);
          counter.writeBigUInt64BE(BigInt(step));
          const digest = createHmac("sha1", secret).update(counter).digest();
          const offset = digest.readUInt8(19) & 0x0f;
          return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
        }

        /** The step of a valid code, which must be later than the last one accepted; undefined for any other code. */
        export function acceptedStep(secret: Buffer, code: string, lastStep: number, now = Date.now()): number | undefined {
          if (!/^[0-9]{6}$/.test(code)) return undefined;
          const current = Math.floor(now / 30_000);
          return [current, current - 1].find(
            (step) => step > lastStep && timingSafeEqual(Buffer.from(totp(secret, step)), Buffer.from(code)),
          );
        }
      `,
    ),
  },
});

/** How a time-based one-time code is checked, as code. */
export interface Totp extends Named<typeof fragment> {}
export const totp: Totp = fragment;
