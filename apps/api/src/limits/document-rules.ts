import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import type { DirectiveNode, OperationDefinitionNode, ValidationRule } from 'graphql';
import { maxAliases, maxDepth, maxDirectives, maxOperations } from '../limits.ts';
import { mutationRule } from './mutation-rule.ts';
import { refused } from './refused.ts';
import { textRule } from './texts.ts';

/**
 * What makes a document too large to be looked at closely. Each takes time by the document's length
 * only, so they come before the rules of GraphQL itself, some of which compare every two fields.
 */
export const sizeRules: readonly ValidationRule[] = [
  maxDepthRule({
    n: maxDepth,
    flattenFragments: true,
    propagateOnRejection: false,
    onReject: [
      (context) =>
        context?.reportError(
          refused('TOO_COMPLEX', `Fields lie more than ${maxDepth} deep inside each other.`),
        ),
    ],
  }),
  maxAliasesRule({
    n: maxAliases,
    propagateOnRejection: false,
    onReject: [
      (context) =>
        context?.reportError(
          refused('TOO_COMPLEX', `More than ${maxAliases} fields are given another name (alias).`),
        ),
    ],
  }),
  mutationRule,
  textRule,
  (context) => {
    const operations: OperationDefinitionNode[] = [];
    const directives: DirectiveNode[] = [];
    return {
      OperationDefinition(node) {
        operations.push(node);
        if (operations.length === maxOperations + 1) {
          const message = `The document has more than ${maxOperations} operations.`;
          context.reportError(refused('TOO_COMPLEX', message, { nodes: node }));
        }
      },
      Directive(node) {
        directives.push(node);
        if (directives.length === maxDirectives + 1) {
          const message = `The document has more than ${maxDirectives} directives.`;
          context.reportError(refused('TOO_COMPLEX', message, { nodes: node }));
        }
      },
    };
  },
];

/** Refuses to describe the schema. `__typename` stays: clients tell types of answers by it. */
export const noIntrospection: ValidationRule = (context) => ({
  Field(node) {
    if (node.name.value === '__schema' || node.name.value === '__type') {
      const message = 'The schema is described to those who are signed in or send a token.';
      context.reportError(refused('UNAUTHENTICATED', message, { nodes: node }));
    }
  },
});
