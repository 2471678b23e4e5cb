import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const apiRequire = createRequire(new URL('apps/api/package.json', import.meta.url));

/**
 * There must be one copy of graphql: Vite would take its ES modules for our own imports, while Node
 * gives the CommonJS ones to the libraries.
 */
const oneGraphql = {
  alias: [{ find: /^graphql$/, replacement: apiRequire.resolve('graphql') }],
};

export default defineConfig({
  test: {
    projects: [
      {
        resolve: oneGraphql,
        test: {
          name: 'unit',
          include: ['{apps,packages}/*/src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
          exclude: ['scripts/**/*.platform.test.ts'],
          globalSetup: 'packages/db/src/testing/global-setup.ts',
          setupFiles: 'scripts/test/property-seed.ts',
          // A busy machine is slow, not wrong.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          // Everything that `npm start` runs, pages included.
          name: 'platform',
          include: ['apps/*/test/**/*.platform.test.ts', 'scripts/**/*.platform.test.ts'],
          testTimeout: 180_000,
          expect: { poll: { timeout: 170_000, interval: 100 } },
          fileParallelism: false,
        },
      },
      {
        resolve: oneGraphql,
        test: {
          name: 'browser',
          include: ['apps/*/test/**/*.browser.test.ts'],
          globalSetup: 'packages/db/src/testing/global-setup.ts',
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // Pages follow a search that computes; the test's own limit ends a wait in vain.
          expect: { poll: { timeout: 170_000, interval: 100 } },
          // They share the two cores with a browser and a whole platform.
          fileParallelism: false,
        },
      },
    ],
  },
});
