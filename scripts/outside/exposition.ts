/** One metric of an exposition in the text format of Prometheus. */
export interface Family {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const labelForm = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/**
 * Reads an exposition the way Prometheus does.
 *
 * @throws Error for what it would refuse: a metric told twice or without its type before it, the same
 *   sample twice, lines of no form
 */
export function readExposition(text: string): ReadonlyMap<string, Family> {
  const families = new Map<string, Family & { samples: Sample[] }>();
  const seen = new Set<string>();
  const helps = new Map<string, string>();
  let current: (Family & { samples: Sample[] }) | undefined;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [, word, told, rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    if (word === 'HELP' && told !== undefined) {
      if (helps.has(told)) throw new Error(`${told} is described twice`);
      helps.set(told, rest);
      continue;
    }
    if (word === 'TYPE' && told !== undefined) {
      if (families.has(told)) throw new Error(`${told} is there twice`);
      current = { name: told, type: rest, help: helps.get(told) ?? '', samples: [] };
      families.set(told, current);
      continue;
    }
    const [, name, labels = '', value] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name === undefined) throw new Error(`no line of an exposition: ${line}`);
    const suffixes = current?.type === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
    if (current?.type === 'summary') suffixes.push('_sum', '_count');
    if (!suffixes.some((suffix) => name === `${current?.name}${suffix}`)) {
      throw new Error(`${name} does not follow its type`);
    }
    const one = line.slice(0, line.lastIndexOf(' '));
    if (seen.has(one)) throw new Error(`${one} is there twice`);
    seen.add(one);
    const read = Object.fromEntries(
      [...labels.matchAll(labelForm)].map(([, key, as]) => [key, as]),
    );
    current?.samples.push({
      name,
      labels: read,
      value: Number(value?.replace('+Inf', 'Infinity')),
    });
  }
  return families;
}

/** Base units, and what is counted; the name of a metric ends in one, before `_total`. */
const units =
  'seconds|bytes|ratio|info|jobs|slots|busy|trainers|artifacts|connections|requests|deliveries|' +
  'objects|sockets|subscriptions|operations|points|checkpoints|steps|images|paths|failures|ended|lost|up';
/** Labels that would make as many series as there is work. */
const unbounded = /id$|^(name|search|team|user|url|path)$/i;

/** What is wrong with metrics by the conventions of Prometheus, a sentence each. */
export function faultsOf(families: ReadonlyMap<string, Family>): string[] {
  return [...families.values()].flatMap(({ name, type, help, samples }) => {
    const faults: string[] = [];
    const fault = (text: string) => faults.push(`${name} ${text}`);
    if (help === '') fault('has no HELP');
    if (!name.startsWith('blockwise_')) return faults;
    if (!/\.$/.test(help)) fault('is not described by a sentence');
    if ((type === 'counter') !== name.endsWith('_total')) fault(`is a ${type}`);
    if (!new RegExp(`_(${units})(_total)?$`).test(name)) fault('does not say its unit');
    if (/_(milliseconds|ms|minutes|hours|kb|mb|gb|percent)(_|$)/.test(name)) {
      fault('is in no base unit');
    }
    for (const { labels } of samples) {
      const odd = Object.keys(labels).filter((label) => unbounded.test(label));
      if (odd.length > 0) fault(`has the label ${odd[0]}`);
    }
    return [...new Set(faults)];
  });
}

/** The sum of a metric's samples that have these labels. */
export function sumOf(
  families: ReadonlyMap<string, Family>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number {
  const family = [...families.values()].find((each) => each.samples.some((s) => s.name === name));
  const matching = (family?.samples ?? []).filter(
    (sample) =>
      sample.name === name &&
      Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
  );
  return matching.reduce((sum, { value }) => sum + value, 0);
}
