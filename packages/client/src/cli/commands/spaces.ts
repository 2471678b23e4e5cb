import { SpacePresetsDocument, type SpacePresetsQuery } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';
import { type Column, formatFlag, showRows } from '../rows.ts';

const columns: readonly Column<SpacePresetsQuery['spacePresets'][number]>[] = [
  { key: 'name', of: ({ name }) => name },
  { key: 'inputSize', of: ({ inputSize }) => inputSize },
  { key: 'networks', of: ({ space }) => space.size },
  { key: 'cells', of: ({ space }) => space.cellCount },
  { key: 'candidates', of: ({ space }) => space.candidateCount },
  { key: 'description', of: ({ description }) => description },
];

export const spaces = defineCommand({
  name: 'spaces',
  operands: [],
  told: 'the search spaces that a specification can name',
  flags: formatFlag,
  async run({ client, print }, { format }) {
    const { spacePresets } = await client.request(SpacePresetsDocument, {});
    print(showRows(spacePresets, columns, format));
    return 0;
  },
});
