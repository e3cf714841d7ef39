import { appendFileSync } from "node:fs";

/** A vitest reporter that notes errors which belong to no test: they make a run red, and its JSON report does not know them. */
export default class Strays {
  onTestRunEnd(_modules, errors) {
    const file = process.env.HUBBUB_TEST_STRAYS;
    if (file && errors.length > 0) appendFileSync(file, `${errors.length}\n`);
  }
}
