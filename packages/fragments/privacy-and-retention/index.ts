import { defineFragment, must, type Named, should } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const GDPR = (article: number, title: string) => ({
  source: `GDPR, Article ${article}: ${title}`,
  url: `https://gdpr-info.eu/art-${article}-gdpr/`,
});

const fragment = defineFragment({
  id: "privacy-and-retention",
  version: manifest.version,
  title: "Privacy and retention",
  summary:
    "What personal data a schema may hold, for how long, and how it is exported and erased. Choose it where users are people.",
  rules: {
    /** Why a field exists, and until when. */
    purpose: must(
      "Record purpose and retention beside each column that holds personal data (a column comment or `docs/data.md`), and store no field without both.",
      { why: "Nobody can delete what nobody can explain.", evidence: [GDPR(5, "Principles")] },
    ),
    /** Deletion by the clock. */
    retentionJob: must(
      "Delete or anonymise by a scheduled job in batches, with a metric of rows left past their date; a soft delete starts the clock and does not stop it.",
    ),
    /** One person's data. */
    subjectRequests: must(
      "Write export and erasure as two functions over one list of stores: tables, files, search indexes, caches, queues and vendors. A test fails when a table with a user id is not on the list.",
      {
        evidence: [
          GDPR(15, "Right of access by the data subject"),
          GDPR(17, "Right to erasure (right to be forgotten)"),
        ],
      },
    ),
    /** What survives erasure. */
    erasure: must(
      "Keep what the law requires, such as invoices, under a key that no longer leads to the person; replay erasures after a backup is restored.",
    ),
    /** Data outside production. */
    copies: should(
      "Fill tests, previews and analytics with generated or pseudonymised data, and put ids instead of personal data into events and URLs.",
    ),
  },
});

/** What personal data a schema may hold, for how long, and how it is exported and erased. */
export interface PrivacyAndRetention extends Named<typeof fragment> {}
export const privacyAndRetention: PrivacyAndRetention = fragment;
