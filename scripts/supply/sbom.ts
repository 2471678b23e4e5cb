import { createHash } from 'node:crypto';
import { Enums, Models, Serialize, Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { PackageURL } from 'packageurl-js';
import { isPermitted } from './licences.ts';
import type { UsedPackage } from './used-packages.ts';

const spec = Spec.Spec1dot6;

/**
 * The platform's bill of materials: CycloneDX 1.6 as JSON, valid by its schema. The same packages give
 * the same text.
 *
 * @throws Error when the text is not valid
 */
export async function billOfMaterials(
  project: { name: string; version: string; license: string },
  packages: readonly UsedPackage[],
): Promise<string> {
  const bom = new Models.Bom();
  const root = new Models.Component(Enums.ComponentType.Application, project.name, {
    version: project.version,
    bomRef: `${project.name}@${project.version}`,
  });
  root.licenses.add(new Models.SpdxLicense(project.license));
  bom.metadata.component = root;
  for (const one of packages) bom.components.add(componentOf(one));
  root.dependencies = new Models.BomRefRepository([...bom.components].map(({ bomRef }) => bomRef));
  bom.serialNumber = serialOf(packages);
  const text = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(spec)).serialize(
    bom,
    { sortLists: true, space: 2 },
  );
  const faults = await new Validation.JsonStrictValidator(spec.version).validate(text);
  if (faults !== null) throw new Error(`the bill of materials is not valid: ${String(faults)}`);
  return `${text}\n`;
}

function componentOf({ name, version, license, homepage, sha512 }: UsedPackage): Models.Component {
  const [scope, bare] = name.startsWith('@') ? name.split('/') : [undefined, name];
  const purl = new PackageURL('npm', scope, bare ?? name, version, undefined, undefined).toString();
  const component = new Models.Component(Enums.ComponentType.Library, bare ?? name, {
    ...(scope === undefined ? {} : { group: scope }),
    ...{ version, purl, bomRef: purl },
  });
  component.licenses.add(
    isPermitted(license) && !/\s/.test(license)
      ? new Models.SpdxLicense(license)
      : new Models.NamedLicense(license),
  );
  if (sha512 !== undefined) component.hashes.set(Enums.HashAlgorithm['SHA-512'], sha512);
  if (homepage !== undefined && URL.canParse(homepage)) {
    component.externalReferences.add(
      new Models.ExternalReference(homepage, Enums.ExternalReferenceType.Website),
    );
  }
  return component;
}

/** Named by what it lists, so that two of the same are seen to be the same. */
function serialOf(packages: readonly UsedPackage[]): string {
  const names = packages.map(({ name, version }) => `${name}@${version}`).join('\n');
  const hex = createHash('sha256').update(names).digest('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`];
  return `urn:uuid:${[...parts, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')}`;
}
