import { DescribeSpaceDocument, StartSearchDocument } from '../../generated/graphql.ts';
import { toSearchSpecInput } from '../../search-spec-input.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { flag } from '../flag.ts';
import { readSpaceSource } from '../read-space.ts';
import { presetNames, readSpec } from '../read-spec.ts';
import { watchToEnd } from '../watch.ts';

export const start = defineCommand({
  name: 'start',
  operands: [],
  told: 'starts a search and prints its id',
  flags: {
    preset: flag.choice(presetNames, 'a specification that is there by name'),
    data: flag.text('FOLDER', 'images of the preset'),
    spec: flag.text('FILE', 'a specification as JSON or YAML'),
    space: flag.text('NAME|FILE', 'another space: a preset, or a file of YAML, JSON or grammar'),
    set: flag.texts('FIELD=VALUE', 'changes a field: distil.strategy=s1; may be repeated'),
    name: flag.text('NAME', 'name of the search'),
    key: flag.text('TEXT', 'idempotency key: starts nothing twice'),
    watch: flag.on('prints what happens, until it ends'),
  },
  async run(context, { space, key, watch, ...asked }) {
    const spec = await readSpec({
      ...asked,
      ...(space === undefined ? {} : { space: await spaceText(context, space) }),
    });
    const { startSearch } = await context.client.request(StartSearchDocument, {
      input: { spec: toSearchSpecInput(spec), idempotencyKey: key },
    });
    context.print(startSearch.id);
    return watch ? watchToEnd(context, startSearch.id) : 0;
  },
});

/** The space in the grammar; the name of a preset stays a name. */
async function spaceText({ client }: CommandContext, named: string): Promise<string> {
  const source = await readSpaceSource(named);
  if (source.text === named) return named;
  const { describeSpace } = await client.request(DescribeSpaceDocument, { space: source });
  return describeSpace.text;
}
