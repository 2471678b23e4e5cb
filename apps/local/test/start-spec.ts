// The launcher with the search of a file: `start-spec.ts SPEC.json [flags of npm start]`.
import { readFile } from 'node:fs/promises';
import { searchSpec } from '@blockwise/contracts';
import { launch } from '../src/launch.ts';

const [file = '', ...flags] = process.argv.slice(2);
const spec = searchSpec.parse(JSON.parse(await readFile(file, 'utf8')));
process.exitCode = await launch(flags, async () => spec);
process.exit();
