import { pnpmJson } from './used-packages.ts';

/** Advisories that were looked at and do not concern us, by their id, each with why. */
const dismissed: Readonly<Record<string, string>> = {};

interface Advisory {
  readonly severity: string;
  readonly title: string;
  readonly module_name: string;
  readonly vulnerable_versions: string;
  readonly github_advisory_id?: string;
  readonly url?: string;
}

export type Advisories =
  | { readonly found: readonly string[] }
  /** The registry was not asked, or has no list of advisories. */
  | { readonly unknown: string };

/** Known weaknesses of the packages that the platform runs with, from `moderate` on; a sentence each. */
export async function knownAdvisories(): Promise<Advisories> {
  let told: unknown;
  try {
    told = await pnpmJson(['audit', '--prod', '--audit-level', 'moderate']);
  } catch (error) {
    const [line = ''] = (error as Error).message.split('\n');
    return { unknown: line };
  }
  const { advisories, error } = told as {
    advisories?: Record<string, Advisory>;
    error?: { message?: string };
  };
  if (advisories === undefined) return { unknown: error?.message ?? 'the answer is no list' };
  return { found: sentencesOf(Object.values(advisories)) };
}

/** What is left after the dismissed ones. */
export function sentencesOf(advisories: readonly Advisory[]): string[] {
  return advisories
    .filter(({ severity }) => severity !== 'low' && severity !== 'info')
    .filter(({ github_advisory_id: id }) => id === undefined || !(id in dismissed))
    .map(({ module_name: name, vulnerable_versions: versions, severity, title, url }) =>
      `${name} ${versions} (${severity}): ${title} ${url ?? ''}`.trimEnd(),
    );
}
