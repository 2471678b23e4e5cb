import type { StoredSamples } from '@blockwise/db';
import { artifactUrl } from '../http/artifact-routes.ts';
import { builder } from './builder.ts';

/** A stored sheet, and the data set that it shows images of. */
export interface ShownSamples extends StoredSamples {
  /** Height and width of an image, pixels. */
  readonly size: number;
}

export const SampleSheetObject = builder.objectRef<ShownSamples>('SampleSheet').implement({
  description:
    'Images of the test part to look at, side by side on one sheet: a PNG, with the very pixels that ' +
    'networks are tested on.',
  fields: (t) => ({
    url: t.string({
      description:
        'Where it is downloaded from within ten minutes: a path on the host of this API, signed. ' +
        'Whoever has it needs no sign-in; asking again gives a fresh one.',
      resolve: ({ sha256 }, _args, { links, viewer }) =>
        artifactUrl(links, sha256, viewer.principal?.userId ?? null),
    }),
    sha256: t.exposeString('sha256', { description: 'SHA-256 (hex) of the file.' }),
    columns: t.exposeInt('columns', {
      description: 'Images of a row, of which the last may have fewer.',
    }),
    count: t.int({
      description: 'Images, at most 64; their numbers, from 0, go row by row.',
      resolve: ({ labels }) => labels.length,
    }),
    size: t.exposeInt('size', { description: 'Height and width of an image, pixels.' }),
    labels: t.intList({
      description: "Of every image, the position of its class in the data set's `classes`.",
      resolve: ({ labels }) => [...labels],
    }),
  }),
});
