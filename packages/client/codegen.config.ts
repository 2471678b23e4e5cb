import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types and documents of the operations in src/operations, over the committed SDL of the API. */
const config: CodegenConfig = {
  schema: process.env.GRAPHQL_SCHEMA ?? '../../apps/api/schema.graphql',
  documents: 'src/operations/*.graphql',
  generates: {
    'src/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false, skipIndexFile: true, persistedDocuments: true },
      config: {
        useTypeImports: true,
        importExtension: '.ts',
        strictScalars: true,
        scalars: {
          ID: 'string',
          /** ISO 8601, UTC. */
          DateTime: 'string',
          /** Decimal digits in answers. */
          BigInt: { input: 'string | number', output: 'string' },
          JSON: 'unknown',
        },
      },
    },
  },
};

export default config;
