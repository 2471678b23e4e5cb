import type { Caller, Data } from './caller.ts';

/** A root field as the server describes it. */
export interface RootField {
  /** `Query.search`. */
  readonly name: string;
  readonly args: readonly string[];
}

const document = `{
  __schema {
    queryType { ...fields } mutationType { ...fields } subscriptionType { ...fields }
  }
}
fragment fields on __Type { name fields { name args { name } } }`;

/** All that can be asked of the server, deprecated fields left out. */
export async function readRootFields(caller: Caller): Promise<RootField[]> {
  const { __schema: schema } = await caller.ask(document);
  const roots = [schema.queryType, schema.mutationType, schema.subscriptionType];
  return roots.filter(Boolean).flatMap(({ name, fields }: Data) =>
    fields.map((field: Data) => ({
      name: `${name}.${field.name}`,
      args: field.args.map((arg: Data) => arg.name),
    })),
  );
}
