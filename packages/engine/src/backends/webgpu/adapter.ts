import { DomainError } from '@blockwise/contracts';
import type { EngineOptions } from '../engine.ts';
import type { Dawn } from './dawn.ts';

/** What Dawn computes on: a card and the interface that reaches it. */
interface Card {
  readonly backend: string;
  readonly name: string;
}

/** An adapter, and the `navigator.gpu` that it lives as long as. */
export interface ChosenAdapter {
  readonly gpu: GPU;
  readonly adapter: GPUAdapter;
}

/** The interfaces on which WebGPU is whole. A card may be listed once more for OpenGL or D3D11. */
const backends = ['vulkan', 'metal', 'd3d12'];

/**
 * The adapter that is asked for by number, in Dawn's order, or the fastest one.
 *
 * @throws DomainError ENGINE_UNAVAILABLE when there is none, none of that number, or only the
 *   processor posing as a GPU and that was not allowed
 */
export async function chooseAdapter(
  dawn: Dawn,
  { device, allowSoftware = false }: EngineOptions,
): Promise<ChosenAdapter> {
  const options = device === undefined ? [] : await optionsOf(dawn, device);
  const gpu = dawn.create(options);
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) throw unavailable(noAdapter);
  if (adapter.info.isFallbackAdapter && !allowSoftware) {
    throw unavailable(
      `WebGPU found no GPU, only ${nameOf(adapter)}, which computes on the processor and is far ` +
        'slower than wasm. To use it all the same, set ALLOW_SOFTWARE_GPU=true.',
    );
  }
  return { gpu, adapter };
}

/** What people call an adapter. */
export function nameOf({ info }: GPUAdapter): string {
  return info.description || info.device || [info.vendor, info.architecture].join(' ').trim();
}

const noAdapter =
  'WebGPU found no GPU. It needs a driver for Vulkan (Linux; with the library libvulkan.so.1), ' +
  'Metal (macOS) or Direct3D 12 (Windows).';

async function optionsOf(dawn: Dawn, device: number): Promise<string[]> {
  const cards = await listCards(dawn);
  const card = cards[device];
  if (card === undefined) {
    const names = cards.map(({ name }, index) => `${index} ${name}`).join(', ');
    throw unavailable(
      cards.length === 0
        ? noAdapter
        : `There is no GPU ${device}: WebGPU found ${cards.length} (${names}).`,
    );
  }
  // Dawn takes the first card whose name holds the text.
  const taken = cards.findIndex(({ name }) => name.includes(card.name));
  if (taken !== device) {
    throw unavailable(
      `GPU ${device}, ${card.name}, cannot be told from GPU ${taken}, ${cards[taken]?.name}: WebGPU ` +
        'knows cards by name only. Let each trainer see one of them, in a container of its own.',
    );
  }
  return [`backend=${card.backend}`, `adapter=${card.name}`];
}

/** Every card, in the order of their numbers. Dawn lists them when it is asked for one that is not there. */
async function listCards(dawn: Dawn): Promise<Card[]> {
  const list = await dawn
    .create(['adapter=a card that does not exist'])
    .requestAdapter()
    .then(() => '')
    .catch((error: unknown) => String(error));
  const cards = [...list.matchAll(/backend: '([^']*)', name: '([^']*)'/g)].map(
    ([, backend = '', name = '']) => ({ backend, name }),
  );
  const best = backends.find((name) => cards.some(({ backend }) => backend === name));
  return cards.filter(({ backend }) => backend === best);
}

function unavailable(message: string): DomainError {
  return new DomainError('ENGINE_UNAVAILABLE', message);
}
