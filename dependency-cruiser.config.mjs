import { allowedImports } from './dependency-directions.config.mjs';

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const directions = Object.entries(allowedImports).map(([room, allowed]) => ({
  name: `${room} imports only ${allowed.join(', ') || 'itself'}`,
  severity: 'error',
  from: { path: `^${room}/` },
  to: {
    path: '^(packages|apps)/',
    pathNot: `^(${[room, ...allowed].join('|')})/`,
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...directions,
    {
      name: 'no cycles',
      severity: 'error',
      from: { pathNot: '/generated/' },
      // Types are gone when a module is loaded: a circle that one of them closes is none.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'every import is found',
      severity: 'error',
      from: { pathNot: '/generated/' },
      // This one holds nothing but types, which the resolver does not look for.
      to: { couldNotResolve: true, pathNot: '^@graphql-typed-document-node/core$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)([.]next|assembly)/|next-env[.]d[.]ts$' },
    // Type imports are imports.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
    },
  },
};
