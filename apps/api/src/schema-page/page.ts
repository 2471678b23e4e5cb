import { schema } from '../schema/schema.ts';
import { schemaPage } from './schema-page.ts';

/** `docs/schema.md` as the schema of this version has it. */
export function printSchemaPage(): string {
  return schemaPage(schema, () => undefined);
}
