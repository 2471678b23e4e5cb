import { type SpanOptions, spanned } from '@blockwise/telemetry';
import {
  type GraphQLField,
  type GraphQLFieldConfig,
  GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { Context } from '../context.ts';
import { currentRequestId } from '../http/request-id.ts';
import { decodeGlobalId } from '../schema/global-id.ts';
import { checkViewer } from './check-viewer.ts';
import { operationRights } from './operations.ts';
import { recorded } from './record.ts';
import { forbidden } from './refusals.ts';
import { type Right, roleOf } from './right.ts';
import { checkedFields, type part, type TypeRule, typeRules } from './types.ts';

type Resolver = NonNullable<GraphQLFieldConfig<unknown, Context>['resolve']>;
type Rule = TypeRule<unknown>;

const rights: Readonly<Record<string, Right>> = operationRights;
const rules = typeRules as unknown as Readonly<Record<string, typeof part | Rule>>;

/**
 * Puts the two tables of rights around a schema: who may call an operation, and who sees what it
 * answers. Whatever has no row in them is an error here, when the server starts.
 */
export function guardSchema(schema: GraphQLSchema): GraphQLSchema {
  const roots = new Set(
    [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].map(
      (type) => type?.name,
    ),
  );
  const used = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!(type instanceof GraphQLObjectType) || type.name.startsWith('__')) continue;
    const isRoot = roots.has(type.name);
    if (!isRoot && !isPaging(type)) {
      if (rules[type.name] === undefined) {
        throw new Error(`rights/types.ts has no row for the type ${type.name}`);
      }
      used.add(type.name);
    }
    for (const field of Object.values(type.getFields())) {
      const name = `${type.name}.${field.name}`;
      const right = rights[name];
      if (right !== undefined) {
        used.add(name);
        restrict(field, name, right, isRoot);
      } else if (isRoot) {
        throw new Error(`rights/operations.ts has no row for ${name}`);
      }
      if (!checkedFields.has(name)) hide(field);
    }
  }
  const stale = [...Object.keys(rights), ...Object.keys(rules)].filter((name) => !used.has(name));
  if (stale.length > 0) {
    throw new Error(`the tables of rights name what the schema lacks: ${stale.join(', ')}`);
  }
  return schema;
}

/** Connections and their edges hold what a list of their node type would. */
function isPaging(type: GraphQLObjectType): boolean {
  return /(Connection|Edge)$/.test(type.name);
}

/** Asks for the right before the field's own resolver runs. */
function restrict(
  field: GraphQLField<unknown, Context>,
  name: string,
  right: Right,
  isRoot: boolean,
): void {
  // A trainer writes every second; its runs tell what it did.
  const isRecorded = name.startsWith('Mutation.') && right.who !== 'TRAINER';
  const before = (resolve: Resolver): Resolver =>
    async function guarded(parent, args, context, info) {
      checkViewer(right, context.viewer);
      if (!isRoot) {
        checkTeam(right, parent as { id: string }, context);
        return resolve(parent, args, context, info);
      }
      const inside = context.under(right);
      const answer = await (isRecorded
        ? spanned(`mutation ${field.name}`, spanOf(context), () =>
            recorded(field.name, inside, () => resolve(parent, args, inside, info)),
          )
        : resolve(parent, args, inside, info));
      if (roleOf(right) !== null && inside.team === null) {
        throw new Error(`${name} asks for a role, but never said in which team`);
      }
      return answer;
    };
  if (field.subscribe !== undefined) {
    field.subscribe = before(field.subscribe);
    return;
  }
  field.resolve &&= before(field.resolve);
}

/** A mutation belongs below whatever its sender says. */
function spanOf({ headers }: Context): SpanOptions {
  const requestId = currentRequestId();
  return { below: headers.get('traceparent'), kind: 'server', attributes: { requestId } };
}

/** Of a field of a team, in that team. */
function checkTeam(right: Right, team: { id: string }, { viewer }: Context): void {
  const role = roleOf(right);
  if (role !== null && !viewer.isAtLeast(team.id, role)) {
    throw forbidden(`This takes the role ${role} in the team.`);
  }
}

/** Takes out of a field's answers what the viewer may not see. */
function hide(field: GraphQLField<unknown, Context>): void {
  const type = getNamedType(field.type);
  const nullable = isNonNullType(field.type) ? field.type.ofType : field.type;
  const isList = isListType(nullable);
  const ruleOf = isInterfaceType(type)
    ? ruleOfNode
    : isObjectType(type) && typeof rules[type.name] === 'function'
      ? () => rules[type.name] as Rule
      : undefined;
  if (ruleOf === undefined) return;
  const resolve = field.resolve ?? ((parent) => (parent as Record<string, unknown>)[field.name]);
  field.resolve = async (parent, args, context, info) => {
    const answer: unknown = await resolve(parent, args, context, info);
    const mayBeNull = isList
      ? isListType(nullable) && !isNonNullType(nullable.ofType)
      : !isNonNullType(field.type);
    if (answer === null || answer === undefined) return answer;
    if (!isList) {
      const isSeen = await sees(ruleOf(args, 0), answer, context);
      if (isSeen) return answer;
      if (mayBeNull) return null;
      throw forbidden(`You may not see the ${type.name}.`);
    }
    const items = await Promise.all(answer as unknown[]);
    const seen = await Promise.all(
      items.map((item, i) => item === null || sees(ruleOf(args, i), item, context)),
    );
    return mayBeNull
      ? items.map((item, i) => (seen[i] ? item : null))
      : items.filter((_, i) => seen[i]);
  };
}

async function sees(rule: Rule | null, row: unknown, context: Context): Promise<boolean> {
  return rule === null || (await rule(row, context));
}

/** Of `node` and `nodes`, whose arguments say what kind of object each is. */
function ruleOfNode(args: Record<string, unknown>, index: number): Rule | null {
  const id = args.id ?? (args.ids as string[])[index];
  const { typename } = decodeGlobalId(String(id));
  const rule = rules[typename];
  return typeof rule === 'function' ? rule : null;
}
