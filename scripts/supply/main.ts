// `npm run sbom`: what the platform is made of, for whoever has to answer for it.

import { writeFile } from 'node:fs/promises';
import { billOfMaterials } from './sbom.ts';
import { projectPackage, usedPackages } from './used-packages.ts';

const [file] = process.argv.slice(2);
const packages = await usedPackages();
const text = await billOfMaterials(projectPackage(), packages);
if (file === undefined) {
  process.stdout.write(text);
} else {
  await writeFile(file, text);
  console.log(`${file}: ${packages.length} packages.`);
}
