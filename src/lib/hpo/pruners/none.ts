/** No pruning: every trial runs to its end, as LEMUR's do. */
import { KEEP, type Pruner } from './pruner';

export const noPruner: Pruner = { judge: () => KEEP };
