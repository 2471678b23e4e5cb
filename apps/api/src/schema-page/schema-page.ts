import {
  astFromValue,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  print,
} from 'graphql';
import { anchor, line, table } from './markdown.ts';

/** Who may call the operation or read the field of that name (`Query.search`), in words. */
export type TellWho = (name: string) => string | undefined;

/**
 * The page that describes a schema: operations, objects, interfaces, inputs, enumerations and scalars,
 * each by name, with links from every mention of a type to its description.
 */
export function schemaPage(schema: GraphQLSchema, tellWho: TellWho): string {
  const roots = [
    { title: 'Queries', type: schema.getQueryType() },
    { title: 'Mutations', type: schema.getMutationType() },
    { title: 'Subscriptions', type: schema.getSubscriptionType() },
  ].flatMap(({ title, type }) => (type ? [{ title, type }] : []));
  const types = Object.values(schema.getTypeMap())
    .filter((type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type))
    .filter((type) => !roots.some((root) => root.type === type))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const sections = [
    ...roots.map(({ title, type }) => ({
      title,
      told: line(type.description),
      parts: byName(type.getFields()).map((field) => operation(type.name, field, tellWho)),
    })),
    ...kinds.map(({ title, told, is }) => ({
      title,
      told,
      parts: types.filter(is).map((type) => described(type, tellWho)),
    })),
  ].filter(({ parts }) => parts.length > 0);
  const contents = sections.map(
    ({ title, parts }) => `- [${title}](${anchor(title)}) (${parts.length})`,
  );
  const lines = [
    ...opening,
    ...contents,
    '',
    ...sections.flatMap(({ title, told, parts }) => [`## ${title}`, '', told, '', ...parts.flat()]),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

const opening = [
  '# The schema',
  '',
  'Every operation and every type of the GraphQL API. This page is made from the schema by',
  '`npm run docs:schema`; [api.md](api.md) tells what to do with it. `!` means never null, `[…]` a list.',
  '',
];

const kinds = [
  { title: 'Objects', told: 'What operations answer.', is: isObjectType },
  { title: 'Interfaces', told: 'What several objects have in common.', is: isInterfaceType },
  { title: 'Inputs', told: 'What operations take.', is: isInputObjectType },
  { title: 'Enumerations', told: 'Values that are one of a list.', is: isEnumType },
  { title: 'Scalars', told: 'Values besides those of GraphQL itself.', is: isScalarType },
];

function operation(
  root: string,
  field: GraphQLField<unknown, unknown>,
  tellWho: TellWho,
): string[] {
  const name = `${root}.${field.name}`;
  const who = tellWho(name);
  return [
    `### ${name}`,
    '',
    line(field.description),
    '',
    `Answers ${typeLink(field.type)}.${who === undefined ? '' : ` ${who}`}`,
    '',
    ...deprecation(field.deprecationReason),
    ...table(['argument', 'type', 'default', ''], byName(field.args).map(inputRow)),
  ];
}

function described(type: GraphQLNamedType, tellWho: TellWho): string[] {
  const head = [`### ${type.name}`, '', line(type.description), ''];
  if (isEnumType(type)) {
    const values = type.getValues().map((value) => [`\`${value.name}\``, withDeprecation(value)]);
    return [...head, ...table(['value', ''], values)];
  }
  if (isInputObjectType(type)) {
    return [
      ...head,
      ...table(['field', 'type', 'default', ''], byName(type.getFields()).map(inputRow)),
    ];
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return head;
  const interfaces = type.getInterfaces().map((each) => typeLink(each));
  const fields = byName(type.getFields()).map((field) => [
    `\`${field.name}\``,
    typeLink(field.type),
    [
      withDeprecation(field),
      tellWho(`${type.name}.${field.name}`),
      ...byName(field.args).map(argumentInline),
    ]
      .filter((part) => part)
      .join('<br>'),
  ]);
  return [
    ...head,
    ...(interfaces.length > 0 ? [`Implements ${interfaces.join(', ')}.`, ''] : []),
    ...table(['field', 'type', ''], fields),
  ];
}

function inputRow(input: GraphQLArgument | GraphQLInputField): string[] {
  return [
    `\`${input.name}\``,
    typeLink(input.type),
    defaultOf(input) ?? '',
    withDeprecation(input),
  ];
}

/** An argument of an object's field, in the cell of that field. */
function argumentInline(argument: GraphQLArgument): string {
  const value = defaultOf(argument);
  const standard = value === undefined ? '' : ` = ${value}`;
  return `\`${argument.name}\`: ${typeLink(argument.type)}${standard}. ${withDeprecation(argument)}`;
}

function defaultOf({
  defaultValue,
  type,
}: GraphQLArgument | GraphQLInputField): string | undefined {
  if (defaultValue === undefined) return undefined;
  const value = astFromValue(defaultValue, type);
  return value ? `\`${print(value)}\`` : undefined;
}

function withDeprecation(item: {
  readonly description?: string | null | undefined;
  readonly deprecationReason?: string | null | undefined;
}): string {
  return [line(item.description), ...deprecation(item.deprecationReason).slice(0, 1)]
    .join(' ')
    .trim();
}

function deprecation(reason: string | null | undefined): string[] {
  return reason ? [`**Deprecated:** ${line(reason)}`, ''] : [];
}

/** A type as SDL writes it, its name a link unless GraphQL itself defines it. */
function typeLink(type: GraphQLType): string {
  if (isNonNullType(type)) return `${typeLink(type.ofType)}!`;
  if (isListType(type)) return `\\[${typeLink(type.ofType)}\\]`;
  const named = getNamedType(type);
  return isSpecifiedScalarType(named) ? named.name : `[${named.name}](${anchor(named.name)})`;
}

function byName<Item extends { readonly name: string }>(
  items: readonly Item[] | Readonly<Record<string, Item>>,
): Item[] {
  return Object.values(items).sort((a, b) => (a.name < b.name ? -1 : 1));
}
