import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { printSchemaPage } from './page.ts';
import { schemaPage } from './schema-page.ts';

const small = buildSchema(/* GraphQL */ `
  """Everything that reads."""
  type Query {
    """Searches, the <newest> first: \`a < b\`."""
    searches(
      """How many."""
      first: Int = 20
      """Which."""
      where: Where! = { states: [DONE], name: "a|b" }
    ): [Search!]!
    """One of them."""
    search(id: ID!): Search @deprecated(reason: "Use \`node\`.")
  }
  """Something with an id."""
  interface Node { "Opaque." id: ID! }
  """A search."""
  type Search implements Node {
    "Opaque." id: ID!
    "Its points." points("How many." most: Int! = 5): [Float]
    "When." at: Moment!
  }
  """Which searches."""
  input Where { "Any of." states: [State!] = [NEW] "Its name." name: String }
  """How far."""
  enum State { "Not begun." NEW "Ended." DONE @deprecated(reason: "Never used.") }
  """A moment."""
  scalar Moment
`);

describe('schemaPage', () => {
  it('describes operations, objects, interfaces, inputs, enumerations and scalars', () => {
    const who = new Map([
      ['Query.search', 'Anybody may.'],
      ['Search.points', 'Members may.'],
    ]);
    const page = schemaPage(small, (name) => who.get(name));
    expect(page.slice(page.indexOf('- [Queries]'))).toMatchInlineSnapshot(`
      "- [Queries](#queries) (2)
      - [Objects](#objects) (1)
      - [Interfaces](#interfaces) (1)
      - [Inputs](#inputs) (1)
      - [Enumerations](#enumerations) (1)
      - [Scalars](#scalars) (1)

      ## Queries

      Everything that reads.

      ### Query.search

      One of them.

      Answers [Search](#search). Anybody may.

      **Deprecated:** Use \`node\`.

      | argument | type | default |  |
      | --- | --- | --- | --- |
      | \`id\` | ID! |  |  |

      ### Query.searches

      Searches, the &lt;newest> first: \`a < b\`.

      Answers \\[[Search](#search)!\\]!.

      | argument | type | default |  |
      | --- | --- | --- | --- |
      | \`first\` | Int | \`20\` | How many. |
      | \`where\` | [Where](#where)! | \`{states: [DONE], name: "a\\|b"}\` | Which. |

      ## Objects

      What operations answer.

      ### Search

      A search.

      Implements [Node](#node).

      | field | type |  |
      | --- | --- | --- |
      | \`at\` | [Moment](#moment)! | When. |
      | \`id\` | ID! | Opaque. |
      | \`points\` | \\[Float\\] | Its points.<br>Members may.<br>\`most\`: Int! = \`5\`. How many. |

      ## Interfaces

      What several objects have in common.

      ### Node

      Something with an id.

      | field | type |  |
      | --- | --- | --- |
      | \`id\` | ID! | Opaque. |

      ## Inputs

      What operations take.

      ### Where

      Which searches.

      | field | type | default |  |
      | --- | --- | --- | --- |
      | \`name\` | String |  | Its name. |
      | \`states\` | \\[[State](#state)!\\] | \`[NEW]\` | Any of. |

      ## Enumerations

      Values that are one of a list.

      ### State

      How far.

      | value |  |
      | --- | --- |
      | \`NEW\` | Not begun. |
      | \`DONE\` | Ended. **Deprecated:** Never used. |

      ## Scalars

      Values besides those of GraphQL itself.

      ### Moment

      A moment.
      "
    `);
  });
});

describe('printSchemaPage', () => {
  const page = printSchemaPage();
  const headings = [...page.matchAll(/^##+ (.+)$/gm)].map(([, text = '']) => text);
  const anchors = headings.map((text) => `#${text.toLowerCase().replaceAll('.', '')}`);

  it('has no two headings with one address', () => {
    expect(anchors.filter((each, i) => anchors.indexOf(each) !== i)).toEqual([]);
  });

  it('links to headings that are there', () => {
    const links = [...page.matchAll(/\]\((#[^)]+)\)/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(200);
    expect([...new Set(links)].filter((link) => !anchors.includes(link))).toEqual([]);
  });
});
