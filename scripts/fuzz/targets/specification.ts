import { parse, stringify } from 'yaml';
import { fullSpec } from '../../../apps/api/src/testing/full-spec.ts';
import { presets, searchSpec } from '../../../packages/contracts/src/index.ts';
import { readSpaceFile } from '../../../packages/dna/src/index.ts';
import { mutateJson, mutateText, oneOf } from '../mutate.ts';
import { answerOf, type Target } from '../target.ts';

const specs: readonly unknown[] = [presets.demo(), presets.cifar10('/images'), fullSpec].map(
  (spec) => JSON.parse(JSON.stringify(spec)),
);
const texts = specs.map((spec) => stringify(spec));

/** Files of specifications, as JSON and as YAML, and of search spaces. */
export async function openSpecification(): Promise<Target> {
  return {
    feed(random, show) {
      if (random.int(3) === 0) {
        const text = mutateText(oneOf(random, texts), random, texts);
        show(text);
        const value = readYaml(text);
        answerOf(() => readSpaceFile(text, oneOf(random, ['yaml', 'json'])));
        return isSpec(value);
      }
      const spec = mutateJson(oneOf(random, specs), random);
      show(spec);
      return isSpec(spec);
    },
  };
}

/** Every way in which a specification comes says so of what is no YAML. */
function readYaml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

function isSpec(value: unknown): 'taken' | 'refused' {
  const parsed = searchSpec.safeParse(value);
  if (!parsed.success) {
    if (parsed.error.issues.length === 0) throw new Error('refused without a reason');
    return 'refused';
  }
  // What was taken is stored as JSON, and read again for ever.
  searchSpec.parse(JSON.parse(JSON.stringify(parsed.data)));
  return 'taken';
}
