import { DomainError } from '@blockwise/contracts';

/** What the back ends, and JavaScript itself, say when there is no memory left. */
const signs: readonly RegExp[] = [
  // wasm: our guard on its allocator, and Emscripten's own words.
  /memory is full/i,
  /cannot enlarge memory/i,
  /\bAborted\(OOM\)/,
  // TensorFlow, CUDA and C++.
  /\bOOM when allocating/i,
  /resource[ _]?exhausted/i,
  /CUDA_ERROR_OUT_OF_MEMORY/,
  /\bstd::bad_alloc\b/,
  // WebGPU and Vulkan (Dawn), and JavaScript's heap.
  /\bout of (device |host |gpu )?memory\b/i,
  /OUT_OF_(DEVICE|HOST)_MEMORY/,
  /\bcreateBuffer\b.*\bfailed\b/i,
  // Node's typed arrays.
  /array buffer allocation failed/i,
];

/**
 * Whether an error, or what caused it, says that memory did not suffice. Back ends have no error
 * type for it, so that their words decide.
 */
export function isOutOfMemory(error: unknown): boolean {
  if (error instanceof DomainError) return error.code === 'OUT_OF_MEMORY';
  if (!(error instanceof Error)) return false;
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') return true;
  if (signs.some((sign) => sign.test(error.message))) return true;
  return error.cause !== undefined && isOutOfMemory(error.cause);
}
