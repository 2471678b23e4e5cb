import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';

/** Whether a field's selection asks for one of these fields of the object that it answers. */
export function selects(
  { fieldNodes, fragments }: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>,
  names: readonly string[],
): boolean {
  const among = (set: SelectionSetNode | undefined): boolean =>
    set?.selections.some((selection) => {
      switch (selection.kind) {
        case Kind.FIELD:
          return names.includes(selection.name.value);
        case Kind.INLINE_FRAGMENT:
          return among(selection.selectionSet);
        case Kind.FRAGMENT_SPREAD:
          return among(fragments[selection.name.value]?.selectionSet);
        default:
          return selection satisfies never;
      }
    }) ?? false;
  return fieldNodes.some(({ selectionSet }) => among(selectionSet));
}
