/**
 * Images by true class (rows) and guessed class, out of base64 of little-endian 32-bit integers.
 *
 * @throws Error where it is no square of `classes`
 */
export function readMatrix(base64: string, classes: number): number[][] {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  if (bytes.length !== 4 * classes * classes) {
    throw new Error(`The matrix has ${bytes.length} bytes for ${classes} classes.`);
  }
  const view = new DataView(bytes.buffer);
  return Array.from({ length: classes }, (_, row) =>
    Array.from({ length: classes }, (_, column) =>
      view.getInt32(4 * (row * classes + column), true),
    ),
  );
}
