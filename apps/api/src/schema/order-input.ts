import { builder } from './builder.ts';
import { OrderDirectionEnum } from './enums.ts';

/**
 * The input that says how a list is sorted: `<name>Order` with the enum `<name>OrderField`.
 *
 * @param list what is sorted, as `tokens`
 * @param fields what it can be sorted by, each with which direction it has if none is given
 */
export function orderInput<const Field extends string>(
  name: string,
  list: string,
  fields: Readonly<Record<Field, string>>,
) {
  const values = Object.fromEntries(
    Object.entries<string>(fields).map(([field, description]) => [
      field,
      { value: field, description },
    ]),
  ) as Record<Field, { value: Field; description: string }>;
  const FieldEnum = builder.enumType(`${name}OrderField`, {
    description: `What ${list} can be sorted by.`,
    values,
  });
  return builder.inputType(`${name}Order`, {
    description: `How ${list} are sorted.`,
    fields: (t) => ({
      field: t.field({ type: FieldEnum, required: true, description: 'What to sort by.' }),
      direction: t.field({ type: OrderDirectionEnum, description: 'Least or greatest first.' }),
    }),
  });
}
