import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{apps,packages}/*/src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
          globalSetup: 'packages/db/src/testing/global-setup.ts',
          // A busy machine is slow, not wrong.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['apps/web/test/**/*.browser.test.ts'],
          globalSetup: 'packages/db/src/testing/global-setup.ts',
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // They share the two cores with a browser and a whole platform.
          fileParallelism: false,
        },
      },
    ],
  },
});
