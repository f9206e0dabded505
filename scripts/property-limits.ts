/**
 * Limits of every property test. A failing property looks for a smaller example; on a big input that
 * can take many minutes, in which the runner can neither stop it nor say which test it is.
 */
import fc from 'fast-check';

fc.configureGlobal({ interruptAfterTimeLimit: 20_000 });
