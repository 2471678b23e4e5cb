import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  layersModelCuts,
  writeLayersModel,
} from '../../../apps/trainer/src/testing/layers-model.ts';
import { DomainError } from '../../../packages/contracts/src/index.ts';
import {
  isOutOfMemory,
  LayersModelTeacher,
  openEngine,
  packLayersModel,
  readLayersModel,
  unpackLayersModel,
} from '../../../packages/engine/src/index.ts';
import { mutateBytes, mutateJson, oneOf } from '../mutate.ts';
import type { Target } from '../target.ts';

/** TensorFlow.js models: the JSON of their layers, the weights beside it, and both as one artifact. */
export async function openLayersModel(): Promise<Target> {
  await openEngine('wasm');
  const folder = await mkdtemp(path.join(tmpdir(), 'blockwise-fuzz-'));
  const model = await writeLayersModel(folder, 3);
  const weights = path.join(folder, 'weights.bin');
  const [json, binary] = await Promise.all([readFile(model), readFile(weights)]);
  const packed = packLayersModel(await readLayersModel(model));
  const value: unknown = JSON.parse(json.toString());

  const load = async (file: Awaited<ReturnType<typeof readLayersModel>>) => {
    const teacher = await LayersModelTeacher.load({ file, cuts: layersModelCuts, imageSize: 16 });
    teacher.dispose();
  };
  return {
    async feed(random, show) {
      const what = oneOf(random, ['json', 'bytes', 'weights', 'artifact'] as const);
      try {
        if (what === 'artifact') {
          const bytes = mutateBytes(packed, random);
          show(bytes);
          await load(unpackLayersModel(bytes));
          return 'taken';
        }
        const changed =
          what === 'json'
            ? Buffer.from(JSON.stringify(mutateJson(value, random)) ?? '')
            : what === 'bytes'
              ? mutateBytes(json, random)
              : json;
        show(changed);
        await writeFile(model, changed);
        await writeFile(weights, what === 'weights' ? mutateBytes(binary, random) : binary);
        await load(await readLayersModel(model));
        return 'taken';
      } catch (error) {
        if (error instanceof DomainError && error.code !== 'INTERNAL') return 'refused';
        // A job says so with its shapes, and ends.
        if (isOutOfMemory(error)) return 'refused';
        throw error;
      }
    },
    close: () => rm(folder, { recursive: true }),
  };
}
