import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Cores for what computes; one more for what also waits, for the clock, for a process that starts, for a disk. */
const COMPUTING = Math.max(2, availableParallelism() - 1);
const WAITING = COMPUTING + 1;
/** Milliseconds after which something hangs; a slow or busy machine takes its time. */
const PATIENCE = { unit: 60_000, integration: 180_000, e2e: 300_000 };

/** What takes longest begins first, so that no worker is left with a minute of waiting while the others have ended. */
const LONG = ['clock.integration', 'access.integration', 'faults.integration', 'readme.integration', 'fault-uses.integration', 'survey-mail.integration', 'fuzz.integration', 'results.e2e', 'agreements.e2e', 'answer-page.e2e', 'shell.e2e', 'pipeline.e2e', 'survey.e2e', 'huddle.e2e', 'customers.e2e', 'people.e2e', 'pseudo-locale.e2e', 'make-report.test'];
const place = ({ moduleId }: TestSpecification): number => {
  const at = LONG.findIndex((name) => moduleId.includes(`/${name}`));
  return at < 0 ? LONG.length : at;
};
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

const unit = ['src/**/*.test.ts', 'src/**/*.test.tsx'];
const integration = ['src/**/*.integration.test.ts', 'e2e/**/*.integration.test.ts'];

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      // Pure functions leave nothing behind, so that a worker loads the modules once for all its files.
      { test: { name: 'unit', include: unit, exclude: [...integration, 'node_modules/**'], environment: 'node', isolate: false, maxWorkers: COMPUTING, testTimeout: PATIENCE.unit } },
      {
        test: {
          name: 'integration',
          include: integration,
          environment: 'node',
          // Loading the application anew for each file took more time than the tests; each file has databases and an application of its own.
          isolate: false,
          globalSetup: ['src/platform/testing/cluster.setup.ts'],
          testTimeout: PATIENCE.integration,
          hookTimeout: PATIENCE.integration,
          pool: 'forks',
          maxWorkers: WAITING,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.test.ts'],
          environment: 'node',
          isolate: false,
          globalSetup: ['src/platform/testing/cluster.setup.ts'],
          testTimeout: PATIENCE.e2e,
          hookTimeout: PATIENCE.e2e,
          expect: { poll: { timeout: 60_000, interval: 50 } },
          pool: 'forks',
          maxWorkers: WAITING,
        },
      },
    ],
  },
});
