import fc from 'fast-check';

/**
 * Property tests take the same examples in every run, so that a red one means that something changed. PROPERTY_SEED=random
 * looks for new ones, PROPERTY_SEED=<number> repeats those of a report.
 */
const wanted = process.env['PROPERTY_SEED'] ?? '20261123';
if (wanted !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wanted) });
