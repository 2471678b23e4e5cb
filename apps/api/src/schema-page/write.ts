import { writeFileSync } from 'node:fs';
import { printSchemaPage } from './page.ts';

/** Writes the committed page; run it after every change of the schema. */
writeFileSync(new URL('../../../../docs/schema.md', import.meta.url), printSchemaPage());
