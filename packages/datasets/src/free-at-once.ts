/**
 * Frees memory that nobody reads any more. Left to the garbage collector, pictures of which there
 * are hundreds in a second make it go through everything else a few times in every second.
 */
export function freeAtOnce({ buffer, byteLength }: Uint8Array): void {
  // Only what is all of its memory: another array may lie in the rest.
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
