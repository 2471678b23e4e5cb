import { DomainError, presets, type SearchSpec, searchSpec } from '@blockwise/contracts';
import { checkSource } from '@blockwise/datasets';
import type { StartFlags } from './flags.mjs';
import { refusePort } from './port.mjs';
import { Refusal } from './refusal.ts';

/**
 * The specification that the flags ask for, its data found where they say.
 *
 * @throws Refusal naming what is wrong with the folder
 */
export async function chosenSpec({ preset, data }: StartFlags): Promise<SearchSpec> {
  if (preset === 'demo' || data === undefined) return searchSpec.parse(presets.demo());
  const spec = searchSpec.parse(presets.cifar10(data));
  try {
    await checkSource(spec.dataset);
  } catch (error) {
    if (error instanceof DomainError) throw new Refusal(oneLine(error.message));
    throw error;
  }
  return spec;
}

/** @throws Refusal when something else listens there */
export async function checkPort(port: number): Promise<void> {
  const refusal = await refusePort(port);
  if (refusal !== undefined) throw new Refusal(refusal);
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s*\n\s*/g, ' ');
  return line.endsWith('.') ? line : `${line}.`;
}
