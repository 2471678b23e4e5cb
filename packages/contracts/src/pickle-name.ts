/** What Python's pickles are called: opening one runs whatever program it holds. */
const pickleName = /\.(pt|pth|pkl|pickle|ckpt|bin)$/i;

export function isPickleName(path: string): boolean {
  return pickleName.test(path);
}
