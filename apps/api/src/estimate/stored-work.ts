import { blockEpochs, type Phase, type SearchSpec } from '@blockwise/contracts';
import type { Loaders } from '../loaders.ts';
import type { Images } from './images.ts';
import {
  distilWork,
  latencyWork,
  rateWork,
  retrainWork,
  type Setting,
  teacherWork,
  verifyWork,
} from './job-work.ts';
import { storedSetting } from './stored-setting.ts';

/** A job that is stored, waiting or not. */
export interface StoredJob {
  readonly kind: Phase;
  readonly searchId: string;
  readonly cellId: string | null;
  readonly networkId: string | null;
  readonly retrainingId: string | null;
  readonly latencyTableId: string | null;
}

export interface StoredWork {
  /** What the job computes itself; null while that is not known. */
  readonly own: number | null;
  /** Of the teacher for one image; 0 where it is not known. */
  readonly teacherMacs: number;
}

/** What a stored job computes: for a cell without early stopping. */
export async function storedJobWork(job: StoredJob, loaders: Loaders): Promise<StoredWork> {
  const setting = await storedSetting(job.searchId, loaders);
  const own = await workOf(job, setting, loaders);
  return { own, teacherMacs: setting?.teacherMacs ?? 0 };
}

async function workOf(
  job: StoredJob,
  setting: Setting | null,
  loaders: Loaders,
): Promise<number | null> {
  const { kind, cellId, networkId, retrainingId, latencyTableId } = job;
  if (kind === 'solve' || kind === 'cut' || kind === 'export' || kind === 'maps') return 1;
  if (setting === null) return null;
  switch (kind) {
    case 'teacher':
      return teacherWork(setting);
    case 'distil':
    case 'rate': {
      const cell = cellId === null ? null : await loaders.cell.load(cellId);
      if (cell === null) return null;
      const { block, index, steps } = cell;
      if (kind === 'rate') return rateWork(setting, block, index);
      const { high } = distilWork(setting, block, index);
      return steps === null
        ? high
        : high * shareOfSteps(setting.spec, setting.images, block, steps);
    }
    case 'retrain': {
      const retraining = retrainingId === null ? null : await loaders.retraining.load(retrainingId);
      const network = networkId === null ? null : await loaders.network.load(networkId);
      if (retraining === null || network === null) return null;
      const { training, trained } = retraining;
      return retrainWork(setting, training, trained?.macs ?? network.macs);
    }
    case 'verify': {
      const network = networkId === null ? null : await loaders.network.load(networkId);
      if (network === null) return null;
      const trainings = await loaders.retrainingsOfNetwork.load(network.id);
      return trainings.length * verifyWork(setting, network.macs);
    }
    case 'latency': {
      const table =
        latencyTableId === null ? null : await loaders.latencyTable.load(latencyTableId);
      return table === null ? null : latencyWork(setting, table.spec);
    }
    default:
      return kind satisfies never;
  }
}

/** Of the planned steps those that a cell took: less than all where it stopped early. */
function shareOfSteps(
  { distil }: SearchSpec,
  { fitting }: Images,
  block: number,
  steps: number,
): number {
  // The images that do not fill a batch wait for the next epoch.
  const planned = blockEpochs(distil, block) * Math.floor(fitting / distil.batch);
  return planned === 0 ? 1 : Math.min(1, steps / planned);
}
