/**
 * What `ask` answers, asked anew once the last answer is older than this: whoever asks meanwhile
 * shares it. Null when it could not be answered; then the next one asks again.
 */
export function remembered<Answer>(
  seconds: number,
  ask: () => Promise<Answer>,
): () => Promise<Answer | null> {
  let last: { readonly at: number; readonly answer: Promise<Answer | null> } | undefined;
  return () => {
    if (last !== undefined && performance.now() - last.at < seconds * 1000) return last.answer;
    const answer = ask().catch(() => {
      last = undefined;
      return null;
    });
    last = { at: performance.now(), answer };
    return answer;
  };
}
