// Which room may import from which. Checked by scripts/test/directions.ts; the README has it as a table.

/** Folder → folders it may import from, besides itself. */
export const allowedImports = {
  'packages/contracts': [],
  'packages/postgres': [],
  'packages/telemetry': ['packages/contracts'],
  'packages/wasm-kernels': [],
  'packages/dna': ['packages/contracts'],
  'packages/artifacts': ['packages/contracts'],
  'packages/datasets': ['packages/contracts', 'packages/dna'],
  'packages/engine': ['packages/contracts', 'packages/dna', 'packages/wasm-kernels'],
  'packages/db': ['packages/contracts', 'packages/postgres', 'packages/telemetry'],
  'packages/client': ['packages/contracts', 'packages/dna'],
  'apps/api': [
    'packages/contracts',
    'packages/dna',
    'packages/db',
    'packages/artifacts',
    'packages/telemetry',
  ],
  'apps/trainer': [
    'packages/contracts',
    'packages/dna',
    'packages/datasets',
    'packages/engine',
    'packages/db',
    'packages/client',
    'packages/artifacts',
    'packages/telemetry',
  ],
  'apps/web': ['packages/contracts', 'packages/dna', 'packages/client', 'packages/telemetry'],
  'apps/local': [
    'packages/contracts',
    'packages/client',
    'packages/datasets',
    'packages/db',
    'packages/postgres',
  ],
};

/**
 * Imports that exist: a checker that does not see them sees nothing. (TypeScript or resolver
 * upgrades have blinded such checkers before, and they stayed green.)
 */
export const knownImports = [
  ['packages/dna', 'packages/contracts'],
  ['packages/engine', 'packages/dna'],
  ['packages/engine', 'packages/wasm-kernels'],
  ['packages/db', 'packages/contracts'],
  ['packages/client', 'packages/contracts'],
  ['apps/api', 'packages/db'],
  ['apps/trainer', 'packages/engine'],
  ['apps/trainer', 'packages/db'],
  ['apps/web', 'packages/client'],
  ['apps/local', 'packages/client'],
];

/** There are more modules than this, and more imports between rooms than that. */
export const leastModules = 200;
export const leastImportsBetweenRooms = 150;
