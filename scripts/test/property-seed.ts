import fc from 'fast-check';

/**
 * Properties are tried on the same inputs in every run: what passes here passes elsewhere, and some
 * tests count how many of their inputs were of use. `PROPERTY_SEED` names other inputs.
 */
const seed = Number(process.env.PROPERTY_SEED ?? 20_200_614);
if (!Number.isInteger(seed)) throw new Error('PROPERTY_SEED must be a whole number');
fc.configureGlobal({ seed });
