import { drop, must, section, should } from "@personakit/core";
import { backendDeveloperLambda } from "@personakit/persona-backend-developer-lambda";

/** Our ledger: what no other team has. */
const ledger = section({
  id: "ledger",
  title: "Ledger",
  rules: {
    movements: must("Write every money movement through `LedgerService.post`, never by updating a balance column."),
    amounts: must("Pass amounts as integers in the currency's minor unit together with the ISO 4217 code."),
    reconciliation: should("Add each new kind of movement to the nightly reconciliation in `src/reconcile.ts`."),
  },
});

/** The Lambda persona as the payments team uses it. Everything that is not named here keeps its updates. */
export const paymentsBackend = backendDeveloperLambda.extend({
  id: "payments-backend",
  title: "Payments backend developer",
  description: { when: "Use proactively for work on the payments service: charges, refunds, payouts and the ledger." },
  params: {
    "testing-standards": { coverage: 90 },
    "quality-gates": { packageManager: "pnpm" },
  },
  rules: {
    "security-checklist": {
      csrf: drop("Only service tokens reach this service, no cookies."),
      passwords: must("Never store passwords here; identities come from the accounts service."),
    },
  },
  addRules: {
    idempotencyTable: {
      after: "resilience/idempotency",
      rule: must("Keep idempotency keys in the table `payments-idempotency`, with the request's hash beside the key."),
    },
  },
  use: [{ after: "security-checklist", fragment: ledger }],
});
