/** Something the person who typed the command can put right: shown as one line, exit status 2. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** A part of the platform failed: shown with the end of its log, exit status 1. */
export class PartFailure extends Error {
  override readonly name = 'PartFailure';
}
