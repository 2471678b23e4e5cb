import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../../apps/api/src/testing/test-api.ts';
import { playThrough, startSearch } from '../../apps/api/src/testing/test-search.ts';
import { python, skippedWithout } from './python.ts';
import { runToEnd } from './run-to-end.ts';

// notebooks/blockwise.py by its own tests, against a server with a finished search.

const folder = fileURLToPath(new URL('../../notebooks', import.meta.url));
const skipped = skippedWithout([]);
let api: TestApi;
let search: string;

beforeAll(async () => {
  api = await startTestApi();
  search = await startSearch(api);
  await playThrough(api.platform, 'retrain');
});
afterAll(() => api.close());

async function runTests(names: readonly string[]): Promise<void> {
  const { code, output } = await runToEnd(python, ['-B', '-m', 'unittest', ...names], {
    cwd: folder,
    env: {
      BLOCKWISE_URL: api.server.url,
      BLOCKWISE_TOKEN: api.token,
      BLOCKWISE_TEST_SEARCH: search,
    },
  });
  expect(code, output).toBe(0);
  expect(output).toMatch(/^Ran [1-9]/m);
}

test.skipIf(skipped !== '')(`the Python module keeps its promises${skipped}`, () =>
  runTests(['test_blockwise']),
);

const withoutPandas = skippedWithout(['pandas']);
test.skipIf(withoutPandas !== '')(`its columns become data frames${withoutPandas}`, () =>
  runTests(['test_blockwise.Reading']),
);
