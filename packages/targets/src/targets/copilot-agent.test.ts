import { expect, test } from "vitest";
import { compiled, rules } from "../compile.testing.ts";

test("is refused when its must rules alone are too long", () => {
  expect(() => compiled("copilot-agent", { use: rules("x".repeat(31_000)) })).toThrow(
    /the body has 31\d+ characters, and the tool refuses a prompt above 30000/,
  );
});
