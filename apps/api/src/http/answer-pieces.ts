/** Characters of a text that is a piece of its own. */
const longText = 1000;
/** What needs no escapes in JSON; base64 is of it. */
const plain = /^[ !#-[\]-~]*$/;

/** Whether {@link answerPieces} pays: with packed columns, the JSON of an answer has hundreds of megabytes. */
export function hasLongText(value: unknown): boolean {
  if (typeof value === 'string') return value.length >= longText;
  if (Array.isArray(value)) return !isOfNumbers(value) && value.some(hasLongText);
  return isPlainObject(value) && Object.values(value).some(hasLongText);
}

/**
 * The JSON of an answer, as `JSON.stringify` gives it, in pieces: long texts that need no escapes are
 * not copied, and no piece is longer than the longest text.
 */
export function answerPieces(answer: object): string[] {
  const pieces: string[] = [];
  let open = '';
  const write = (value: unknown): void => {
    if (typeof value === 'string' && value.length >= longText && plain.test(value)) {
      pieces.push(`${open}"`, value);
      open = '"';
    } else if (Array.isArray(value) && !isOfNumbers(value)) {
      let before = '[';
      for (const element of value) {
        open += before;
        write(element);
        before = ',';
      }
      open += value.length === 0 ? '[]' : ']';
    } else if (isPlainObject(value)) {
      let before = '{';
      for (const [name, member] of Object.entries(value)) {
        if (member === undefined) continue;
        open += `${before}${JSON.stringify(name)}:`;
        write(member);
        before = ',';
      }
      open += before === '{' ? '{}' : '}';
    } else {
      open += JSON.stringify(value) ?? 'null';
    }
  };
  write(answer);
  return [...pieces, open];
}

/** Members of a list are of one type, and numbers can be a million. */
function isOfNumbers(list: readonly unknown[]): boolean {
  return typeof list.at(-1) === 'number';
}

/** Others, such as errors and dates, may have a JSON of their own. */
function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
