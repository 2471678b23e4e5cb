import { writeFileSync } from 'node:fs';
import { printSdl } from './schema.ts';

/** Writes the committed SDL; run it after every change of the schema. */
writeFileSync(new URL('../../schema.graphql', import.meta.url), printSdl());
