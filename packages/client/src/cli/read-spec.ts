import path from 'node:path';
import { presets, type SearchSpecInput, searchSpec } from '@blockwise/contracts';
import { parse } from 'yaml';
import { putAt } from './put-at.ts';
import { readData } from './read-file.ts';
import { UsageError } from './usage-error.ts';

export const presetNames = Object.keys(presets) as (keyof typeof presets)[];

interface SpecAsked {
  readonly preset?: keyof typeof presets | undefined;
  readonly data?: string | undefined;
  readonly spec?: string | undefined;
  readonly name?: string | undefined;
  /** In the grammar. */
  readonly space?: string | undefined;
  /** `distil.epochs=5` */
  readonly set?: readonly string[] | undefined;
}

/** The specification that was asked for, checked as far as the command line can. */
export async function readSpec(asked: SpecAsked): Promise<SearchSpecInput> {
  const source = await readSource(asked);
  const spec: Record<string, unknown> = { ...source.spec };
  if (asked.name !== undefined) spec.name = asked.name;
  if (asked.space !== undefined) spec.space = asked.space;
  for (const text of asked.set ?? []) {
    const [place = '', ...value] = text.split('=');
    if (value.length === 0) throw new UsageError(`--set takes FIELD=VALUE, not ${text}.`);
    putAt(spec, place.split('.'), readValue(place, value.join('=')));
  }
  const parsed = searchSpec.safeParse(spec);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(`${source.name}: ${issue?.path.join('.')}: ${issue?.message}.`);
}

async function readSource({ preset, data, spec }: SpecAsked) {
  if (spec !== undefined && preset !== undefined) {
    throw new UsageError('start takes --spec or --preset, not both.');
  }
  if (spec !== undefined) {
    const content = await readData(spec);
    if (typeof content !== 'object' || content === null) {
      throw new UsageError(`${spec} holds no specification.`);
    }
    return { name: spec, spec: { ...content } };
  }
  if (preset === undefined) {
    throw new UsageError(`start needs --preset ${presetNames.join('|')} or --spec FILE.`);
  }
  const make: (folder: string) => SearchSpecInput = presets[preset];
  if (make.length > 0 && data === undefined) {
    throw new UsageError(`--preset ${preset} needs --data FOLDER.`);
  }
  // The trainers read the folder; a relative one means nothing to them.
  return { name: preset, spec: { ...make(path.resolve(data ?? '')) } };
}

/** Numbers, lists and null as YAML writes them; anything else is a text. */
function readValue(place: string, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new UsageError(`--set ${place}: "${text}" is no value.`, { cause: error });
  }
}
