import { decodeGlobalId } from './schema/global-id.ts';

/** The fields of a log's line that say what it is about: `searchId` and the row's id for a Search. */
export function aboutOf(globalId: string | null): Record<string, string> {
  if (globalId === null) return {};
  const { typename, id } = decodeGlobalId(globalId);
  return { [`${typename.charAt(0).toLowerCase()}${typename.slice(1)}Id`]: id };
}
