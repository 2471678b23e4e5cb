import { artifactUrl } from '../http/artifact-routes.ts';
import { builder } from './builder.ts';
import { joinedId } from './global-id.ts';
import { ArtifactObject, SearchObject } from './refs.ts';

builder.node(ArtifactObject, {
  description:
    'A stored file, named by its content: weights, checkpoints, archives. The same content of two ' +
    'searches is stored once, and is an object of each.',
  id: { resolve: ({ searchId, sha256 }) => joinedId(searchId, sha256) },
  loadWithoutCache: (id, { loaders }) => loaders.artifact.load(id),
  fields: (t) => ({
    sha256: t.exposeString('sha256', { description: 'SHA-256 (hex) of the file.' }),
    kind: t.exposeString('kind', {
      description:
        'What it is: `teacher`, `supernet`, `network`, `checkpoint`, `export` or `samples`.',
    }),
    bytes: t.expose('bytes', { type: 'BigInt', description: 'Size of the file.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was stored.' }),
    url: t.string({
      nullable: true,
      description:
        'Of an `export` and of `samples`: where it is downloaded from within ten minutes, signed. Null ' +
        'for all others: ask for an export of the weights.',
      resolve: ({ kind, sha256 }, _args, { links, viewer }) =>
        kind === 'export' || kind === 'samples'
          ? artifactUrl(links, sha256, viewer.principal?.userId ?? null)
          : null,
    }),
    search: t.field({
      type: SearchObject,
      description: 'The search that refers to it.',
      resolve: ({ searchId }, _args, { loaders }) => loaders.requireSearch(searchId),
    }),
  }),
});
