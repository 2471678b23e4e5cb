import type { LoadProgress } from '@blockwise/datasets';
import type { ImageOpener, ImageRequest, OpenedImages } from '../images/image-library.ts';
import { fromFailure } from './failure.ts';
import type { ThreadFailure } from './protocol.ts';
import { type StopSignal, TaskStopped } from './stop-signal.ts';

/** What a task tells the main thread about images. */
export type ImageCall =
  | { readonly call: 'open'; readonly request: ImageRequest }
  | { readonly call: 'giveUp' };

/** What the main thread says of an `open`: how far it is, then how it ended. */
export type ImageAnswer =
  | { readonly progress: LoadProgress }
  | { readonly images: OpenedImages }
  | { readonly failure: ThreadFailure };

const stopCheckMilliseconds = 100;

/** A task's side of the data sets that the trainer's threads share. */
export class ImageClient implements ImageOpener {
  readonly #post: (call: ImageCall) => void;
  readonly #stop: StopSignal;
  #hear: ((answer: ImageAnswer) => void) | null = null;

  constructor(post: (call: ImageCall) => void, stop: StopSignal) {
    this.#post = post;
    this.#stop = stop;
  }

  /**
   * Waits while the data set is opened.
   *
   * @throws TaskStopped when the task was asked to stop meanwhile; as `openDataset`
   */
  async open(
    request: ImageRequest,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<OpenedImages> {
    let check: NodeJS.Timeout | undefined;
    try {
      return await new Promise((resolve, reject) => {
        this.#hear = (answer) => {
          if ('progress' in answer) onProgress(answer.progress);
          else if ('images' in answer) resolve(answer.images);
          else reject(fromFailure(answer.failure));
        };
        check = setInterval(() => {
          if (this.#stop.read() === null) return;
          this.#post({ call: 'giveUp' });
          reject(new TaskStopped('The loading was stopped.'));
        }, stopCheckMilliseconds);
        this.#post({ call: 'open', request });
      });
    } finally {
      clearInterval(check);
      this.#hear = null;
    }
  }

  answer(answer: ImageAnswer): void {
    this.#hear?.(answer);
  }
}
