import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DomainError } from '@blockwise/contracts';
import { z } from 'zod';
import { nativeFolder } from '../native-folder.ts';

/** Where `npm run native` keeps TensorFlow and tfjs-node. */
export function tensorflowFolder(): string {
  return path.join(nativeFolder(), 'tensorflow');
}

const recordSchema = z.object({
  /** Which of tfjs's two packages drives TensorFlow; they differ in name only. */
  package: z.enum(['@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu']),
  packageVersion: z.string(),
  /** Whether a GPU was asked for: without one the engine does not start then. */
  gpu: z.boolean(),
  /** The folder that TensorFlow's libraries are loaded from. */
  tensorflowFolder: z.string(),
  /** As its files say; null where they do not. */
  tensorflowVersion: z.string().nullable(),
});

/** Below its folder: the compiled binding between Node and TensorFlow. */
export const nativeBindingFile = path.join('binding', 'tfjs_binding.node');

/** What `npm run native` has set up. */
export type NativeRecord = z.infer<typeof recordSchema>;

/** The file that says what is set up in a folder; it is written last, when all else is there. */
export function nativeRecordFile(folder: string): string {
  return path.join(folder, 'native.json');
}

/**
 * Reads what is set up in a folder.
 *
 * @throws DomainError ENGINE_UNAVAILABLE when nothing is
 */
export function readNativeRecord(folder: string): NativeRecord {
  let text: string;
  try {
    text = readFileSync(nativeRecordFile(folder), 'utf8');
  } catch (cause) {
    throw new DomainError(
      'ENGINE_UNAVAILABLE',
      'Native TensorFlow is not set up; "npm run native" does it.',
      { cause },
    );
  }
  try {
    return recordSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new DomainError(
      'ENGINE_UNAVAILABLE',
      'Native TensorFlow was set up by another version of the platform; run "npm run native" again.',
      { cause },
    );
  }
}
