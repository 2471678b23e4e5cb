import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fullSpec } from '../../../apps/api/src/testing/full-spec.ts';
import { startTestApi } from '../../../apps/api/src/testing/test-api.ts';
import { toSearchSpecInput } from '../../../packages/client/src/index.ts';
import { presets, searchSpec } from '../../../packages/contracts/src/index.ts';
import { anyValue, mutateJson, mutateText, oneOf } from '../mutate.ts';
import type { Target } from '../target.ts';

const checkSearch =
  'query ($input: CheckSearchInput!) { checkSearch(input: $input) { problems { path message } } }';

/** A server that serves: whatever it is sent, its answer is JSON and never a fault of its own. */
export async function openGraphql(): Promise<Target> {
  const api = await startTestApi();
  const documents: readonly string[] = Object.values(
    JSON.parse(
      await readFile(
        path.resolve(
          import.meta.dirname,
          '../../../packages/client/src/generated/persisted-documents.json',
        ),
        'utf8',
      ),
    ),
  );
  const specs: readonly unknown[] = [
    toSearchSpecInput(searchSpec.parse(presets.demo())),
    fullSpec,
  ].map((spec) => JSON.parse(JSON.stringify(spec)));
  const headers = {
    'Content-Type': 'application/json',
    Authorization: `Bearer ${api.token}`,
  };
  return {
    async feed(random, show) {
      const request = oneOf<() => unknown>(random, [
        () => ({
          query: mutateText(oneOf(random, documents), random, documents),
          variables: { id: anyValue(random, 2), input: anyValue(random, 2) },
        }),
        () => ({
          query: oneOf(random, documents),
          variables: Object.fromEntries(
            ['id', 'input', 'search', 'first', 'after', 'filter', 'jobs', 'keys', 'ids'].map(
              (name) => [name, anyValue(random, 3)],
            ),
          ),
        }),
        () => ({
          query: checkSearch,
          variables: { input: { spec: mutateJson(oneOf(random, specs), random) } },
        }),
        () => mutateJson({ query: oneOf(random, documents), variables: {} }, random),
        () => anyValue(random, 3),
      ])();
      const body = oneOf(random, [
        JSON.stringify(request),
        JSON.stringify(request),
        mutateText(JSON.stringify(request), random, documents),
      ]);
      show(body);
      const response = await fetch(api.server.url, { method: 'POST', headers, body });
      const text = await response.text();
      if (response.status >= 500) throw new Error(`status ${response.status}: ${text}`);
      const { errors = [] } = JSON.parse(text) as { errors?: { extensions?: { code?: string } }[] };
      for (const { extensions } of errors) {
        if (extensions?.code === undefined || extensions.code === 'INTERNAL') {
          throw new Error(`an error without a code, or one that nobody expected: ${text}`);
        }
      }
      return errors.length === 0 ? 'taken' : 'refused';
    },
    close: () => api.close(),
  };
}
