import { parseSpace, pathFromIndex } from '@blockwise/dna';
import { CellSupernet, pathLoss, rateCell } from '../src/index.ts';
import { cellFeatures } from './cell-workload.ts';
import type { Workload } from './workload.ts';

/**
 * The depth and ops of `dna-single`'s cells, 1,296 paths: 1,554 evaluations of a layer where prefixes
 * are shared, 5,184 where they are not. The maps are small, so that the slower way ends in seconds.
 */
const space = parseSpace(`
  stem cn_k3_s1_c8
  ops ir_k3_e6_se0.25 ir_k5_e6_se0.25 ir_k7_e6_se0.25 ir_k3_e3_se0.25 ir_k5_e3_se0.25 ir_k7_e3_se0.25
  block n1_c8_s1
  block n4_c8_s2
  head hd_c8
`);
const teacherIn = { channels: 8, size: 8 };
const teacherOut = { channels: 12, size: 4 };
const images = 8;

/** The rating of all paths of a cell: as a search does it, or every path by itself. */
export function openRating(shared: boolean): Workload {
  const supernet = new CellSupernet({ space, block: 1, cell: 0, teacherIn, teacherOut, seed: 1 });
  const calibration = cellFeatures({ teacherIn, teacherOut }, images);
  const batch = cellFeatures({ teacherIn, teacherOut }, images + 1);
  const rateShared = async () => {
    await rateCell({ supernet, calibration, batches: [batch] });
  };
  const rateEach = async () => {
    for (let index = 0; index < supernet.paths; index++) {
      const path = pathFromIndex(space, 1, 0, index);
      await pathLoss({ supernet, path, calibration, batch });
    }
  };
  return {
    params: null,
    images: null,
    run: shared ? rateShared : rateEach,
    close: () => supernet.dispose(),
  };
}
