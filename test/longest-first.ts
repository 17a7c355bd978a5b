import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take long for their size. Vitest begins with the largest, so these would be left for the end, one core idle. */
const LONG_FOR_THEIR_SIZE = [
  "test/every-operation.test.ts",
  "test/fuzz/modules.test.ts",
  "test/new.test.ts",
  "test/samples/samples.test.ts",
  "test/fuzz/lockfile.test.ts",
  "test/schemas.test.ts",
  "test/bounds.test.ts",
  "test/browser/page.test.ts",
];

/** The order in which test files begin: what takes longest comes first, so that no core is idle at the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONG_FOR_THEIR_SIZE.some((path) => moduleId.endsWith(path));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
