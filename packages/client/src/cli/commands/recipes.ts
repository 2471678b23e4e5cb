import { ClientError } from '../../client-error.ts';
import { RecipesDocument, type RecipesQuery } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';
import { type Column, formatFlag, showRows } from '../rows.ts';

type Recipe = RecipesQuery['recipes'][number];

const columns: readonly Column<Recipe>[] = [
  { key: 'name', of: ({ name }) => name },
  { key: 'epochs', of: ({ epochs }) => epochs },
  { key: 'batch', of: ({ batch }) => batch },
  { key: 'learningRate', of: ({ learningRate }) => learningRate },
  { key: 'optimizer', of: ({ optimizer }) => optimizer },
  { key: 'schedule', of: ({ schedule }) => schedule },
  { key: 'augment', of: ({ augment }) => augment },
  { key: 'title', of: ({ title }) => title },
  { key: 'source', of: ({ source }) => source },
];

export const recipes = defineCommand({
  name: 'recipes',
  operands: ['[NAME]'],
  told: 'the published ways to train a network, or every value of one',
  flags: formatFlag,
  async run({ client, print }, { format }, name) {
    const answer = await client.request(RecipesDocument, {});
    if (name === undefined) {
      print(showRows(answer.recipes, columns, format));
      return 0;
    }
    const recipe = answer.recipes.find((each) => each.name === name);
    if (recipe === undefined) throw new ClientError('NOT_FOUND', `There is no recipe ${name}.`);
    const rows = Object.entries(recipe).filter(([key]) => key !== '__typename');
    const fields = [
      { key: 'field', of: ([key]: [string, unknown]) => key },
      { key: 'value', of: ([, value]: [string, unknown]) => String(value ?? '') },
    ];
    print(showRows(rows, fields, format, recipe));
    return 0;
  },
});
