import { DomainError, isPickleName } from '@blockwise/contracts';
import { readWeightFile } from './weight-file.ts';

/**
 * Refuses files of weights that are pickles by name; nothing of the file is read.
 *
 * @throws DomainError WEIGHTS_MISMATCH that says what to do
 */
export function refusePickle(path: string): void {
  if (isPickleName(path)) throw pickleRefusal(path);
}

/**
 * The bytes of a safetensors file on this machine, which is not a pickle under another name either.
 *
 * @throws DomainError WEIGHTS_MISMATCH for a pickle or an archive; WEIGHTS_NOT_FOUND when there is no
 *   such file or it cannot be read
 */
export async function readTensorFile(path: string): Promise<Uint8Array> {
  refusePickle(path);
  const bytes = await readWeightFile(path);
  // A pickle names its protocol first. PyTorch puts one into a zip archive, which nobody needs here.
  if (bytes[0] === 0x80 && (bytes[1] ?? 0) <= 5 && !hasSafetensorsHeader(bytes)) {
    throw pickleRefusal(path);
  }
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4) {
    throw new DomainError(
      'WEIGHTS_MISMATCH',
      `${path} is a zip archive, as a PyTorch checkpoint is and as exported networks are: of an ` +
        `exported one take network.safetensors out of it, and ${converted} a checkpoint.`,
    );
  }
  return bytes;
}

const converted = 'save as safetensors (safetensors.torch.save_file(model.state_dict(), path))';

function pickleRefusal(path: string): DomainError {
  return new DomainError(
    'WEIGHTS_MISMATCH',
    `${path} is a pickle, by its name or its content. Opening one runs the program in it, so none ` +
      `is opened: ${converted} in Python, where you trust it.`,
  );
}

/** Eight bytes of length, then the JSON of an object. */
function hasSafetensorsHeader(bytes: Uint8Array): boolean {
  return bytes[8] === 0x7b;
}
