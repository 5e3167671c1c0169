/** A vitest reporter for `npm test`: writes what came of the run to the file TALLY, `{passed, failed}`, whatever way a test file ended. */
import { writeFileSync } from 'node:fs';

export default class Tally {
  /** @param errors those outside of any test: a process that ended by itself, a rejection that nobody took. */
  onTestRunEnd(modules, errors) {
    let passed = 0;
    let failed = errors.length;
    for (const module of modules) {
      const tests = [...module.children.allTests()].map((test) => test.result().state);
      passed += tests.filter((state) => state === 'passed').length;
      const wrong = tests.filter((state) => state === 'failed').length;
      // A file that does not load, or whose hooks fail, may have no failed test, and is a failure all the same.
      failed += wrong > 0 ? wrong : module.ok() ? 0 : 1;
    }
    writeFileSync(process.env.TALLY, JSON.stringify({ passed, failed }));
  }
}
