/** Why it cannot be set up: one line for the person who asked. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
