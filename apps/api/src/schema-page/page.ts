import { operationRights } from '../rights/operations.ts';
import type { Right } from '../rights/right.ts';
import { schema } from '../schema/schema.ts';
import { schemaPage } from './schema-page.ts';

const rights: Readonly<Record<string, Right>> = operationRights;

/** `docs/schema.md` as the schema and the table of rights of this version have it. */
export function printSchemaPage(): string {
  return schemaPage(schema, (name) => {
    const right = rights[name];
    return right === undefined ? undefined : `${whoTold[right.who]}${scopeTold(right)}`;
  });
}

const ofTheTeam = 'of the team that owns what it is about';

const whoTold: Record<Right['who'], string> = {
  ANYONE: 'For everybody: it shows what the viewer may see.',
  SIGNED_IN: 'For every account.',
  VIEWER: `For viewers ${ofTheTeam}, and higher roles.`,
  MEMBER: `For members ${ofTheTeam}, and higher roles.`,
  MAINTAINER: `For maintainers ${ofTheTeam}, and owners.`,
  OWNER: `For owners ${ofTheTeam}.`,
  OPERATOR: 'For who runs the server.',
  TRAINER: 'For trainers.',
};

/** Nobody asks for the scope of what is for everybody. */
function scopeTold({ who, scope }: Right): string {
  return who === 'ANYONE' ? '' : ` Scope of a token: ${scope}.`;
}
