import { defineConfig } from 'vitest/config';

const unit = ['src/**/*.test.ts', 'src/**/*.test.tsx'];
const integration = ['src/**/*.integration.test.ts', 'e2e/**/*.integration.test.ts'];

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: unit, exclude: [...integration, 'node_modules/**'], environment: 'node' } },
      {
        test: {
          name: 'integration',
          include: integration,
          environment: 'node',
          globalSetup: ['src/platform/testing/cluster.setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          pool: 'forks',
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.test.ts'],
          environment: 'node',
          globalSetup: ['src/platform/testing/cluster.setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          pool: 'forks',
        },
      },
    ],
  },
});
