/** Arrays one after the other; a single one as it is. */
export function joined(arrays: readonly Float32Array[]): Float32Array {
  const [only] = arrays;
  if (arrays.length === 1 && only) return only;
  const all = new Float32Array(arrays.reduce((length, array) => length + array.length, 0));
  let at = 0;
  for (const array of arrays) {
    all.set(array, at);
    at += array.length;
  }
  return all;
}
