/** Puts a value into an object, making the objects on the way. */
export function putAt(
  target: Record<string, unknown>,
  [name, ...rest]: readonly string[],
  value: unknown,
): void {
  if (name === undefined) return;
  if (rest.length === 0) {
    target[name] = value;
    return;
  }
  const inner = target[name];
  const object: Record<string, unknown> =
    typeof inner === 'object' && inner !== null ? { ...inner } : {};
  putAt(object, rest, value);
  target[name] = object;
}
