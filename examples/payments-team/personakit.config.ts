import { defineConfig } from "personakit";
import { paymentsBackend } from "./personas/payments-backend.ts";

export default defineConfig({
  personas: [paymentsBackend],
  targets: ["claude-agent"],
});
