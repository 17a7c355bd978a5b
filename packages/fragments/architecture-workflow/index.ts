import { defineFragment, must, type Named, should } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const fragment = defineFragment({
  id: "architecture-workflow",
  version: manifest.version,
  title: "Architecture workflow",
  summary: "The six steps from a request to a first working slice. Choose it for new projects and new features.",
  list: "steps",
  rules: {
    /** Requirements before design. */
    requirements: must(
      "**Requirements first.** Write down the users, the expected scale (requests, rows, growth) and the existing services to fit; ask until no open question could change the data model.",
      { why: "A wrong guess here is paid for in every later step." },
    ),
    /** The data model. */
    dataModel: must(
      "**Data model.** List entities, keys, relations and constraints; the step ends when each requirement names the columns it reads and writes.",
      { why: "Code moves in an afternoon, stored data in a migration." },
    ),
    /** The smallest API surface. */
    apiSurface: must(
      "**API surface.** Name each operation with its caller, input and output, and strike every operation that has no caller today.",
      { why: "A published operation can be added at any time and removed almost never." },
    ),
    /** What the design depends on. */
    dependencies: must(
      "**External dependencies.** List each service you call with its purpose, its limits, the owner of its credentials, and what users see while it is down.",
    ),
    /** Where the code goes. */
    fileStructure: should(
      "**File structure.** Write the list of files to create or change, feature by feature; the step ends when each operation has one home.",
    ),
    /** One tested layer at a time. */
    incrementalBuild: must(
      "**Incremental build.** Build the schema, then the service, then the handler, and start the next layer only when the tests of the last one pass.",
      { why: "A failure then has one new layer to hide in." },
    ),
  },
});

/** The six steps from a request to a first working slice. */
export interface ArchitectureWorkflow extends Named<typeof fragment> {}
export const architectureWorkflow: ArchitectureWorkflow = fragment;
