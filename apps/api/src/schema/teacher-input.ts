import { searchSpec } from '@blockwise/contracts';
import { builder } from './builder.ts';
import { specInputType } from './spec-fields.ts';
import { TrainingInput } from './training-input.ts';

const [train, search, timm, layersModel, network] = searchSpec.shape.teacher.options;
const kind = { kind: true } as const;
const architecture =
  'A network in the grammar, or the name of a published one such as `tf_efficientnet_b7` (the ' +
  'query `publishedNetworks` lists them).';

const TrainTeacherInput = specInputType(
  'TrainTeacherInput',
  "A teacher that is trained on the search's images.",
  train.omit(kind),
  { architecture, training: { description: 'How it is trained.', type: TrainingInput } },
);

const SearchTeacherInput = specInputType(
  'SearchTeacherInput',
  'The teacher of an earlier search, on the same classes and image size.',
  search.omit(kind),
  { searchId: { description: 'Id of the earlier search.', type: 'ID' } },
);

const TimmTeacherInput = specInputType(
  'TimmTeacherInput',
  "A teacher from a safetensors file with timm's parameter names.",
  timm.omit(kind),
  {
    architecture,
    file: 'The file, as the machines of the trainers see it.',
    training: {
      description:
        "Fine-tunes it on the search's data first, with a new classifier where the classes differ. " +
        'Not if not given.',
      type: TrainingInput,
    },
  },
);

const LayersModelTeacherInput = specInputType(
  'LayersModelTeacherInput',
  'Any TensorFlow.js LayersModel as teacher.',
  layersModel.omit(kind),
  {
    file: 'Its `model.json`, as the machines of the trainers see it.',
    cuts:
      "Names of the layers after which the blocks end, first the stem's; the last is the last " +
      "block's. 2 to 65 of them.",
  },
);

const NetworkTeacherInput = specInputType(
  'NetworkTeacherInput',
  'A network that an earlier search found, scaled (DNA+); unscaled it keeps its weights.',
  network.omit(kind),
  {
    networkId: { description: 'Id of the found network.', type: 'ID' },
    width: 'Factor on its widths, rounded as EfficientNet does.',
    depth: "Factor on its blocks' layers, rounded up.",
    training: {
      description: "Training on the search's data; needed where the network is scaled.",
      type: TrainingInput,
    },
  },
);

export const TeacherInput = builder.inputType('TeacherInput', {
  isOneOf: true,
  description: 'Where the teacher comes from: exactly one of these.',
  fields: (t) => ({
    train: t.field({ type: TrainTeacherInput, description: 'Train a new one.' }),
    search: t.field({ type: SearchTeacherInput, description: 'Take that of an earlier search.' }),
    timm: t.field({ type: TimmTeacherInput, description: "Load timm's weights." }),
    layersModel: t.field({
      type: LayersModelTeacherInput,
      description: 'Load a TensorFlow.js LayersModel.',
    }),
    network: t.field({
      type: NetworkTeacherInput,
      description: 'Take a network that an earlier search found.',
    }),
  }),
});
