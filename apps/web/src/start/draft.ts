/** A specification while it is written: of any shape, until it is checked. */
export type Draft = { readonly [key: string]: unknown };
export type DraftPath = readonly (string | number)[];

/** What stands at a place; undefined where nothing does. */
export function valueAt(draft: unknown, path: DraftPath): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Record<string | number, unknown>)[key]
        : undefined,
    draft,
  );
}

/** The draft with another value at a place; undefined takes the field away, so that its default counts. */
export function withValueAt(draft: Draft, path: DraftPath, value: unknown): Draft {
  const [key, ...rest] = path;
  if (key === undefined) return draft;
  const inner = draft[key];
  const next =
    rest.length === 0
      ? value
      : withValueAt(
          typeof inner === 'object' && inner !== null ? (inner as Draft) : {},
          rest,
          value,
        );
  const { [key]: _, ...others } = draft;
  if (next === undefined || isEmptied(next, rest)) return others;
  // A field that was there keeps its place.
  return key in draft
    ? Object.fromEntries(
        Object.entries(draft).map(([name, old]) => [name, name === key ? next : old]),
      )
    : { ...others, [key]: next };
}

/** True for a group whose last field was taken away. */
function isEmptied(value: unknown, rest: DraftPath): boolean {
  return rest.length > 0 && Object.keys(value as object).length === 0;
}

export function samePath(a: DraftPath, b: DraftPath): boolean {
  return a.length === b.length && a.every((key, at) => String(key) === String(b[at]));
}
