import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { channelOrders } from './channel-errors.ts';

/** Whether all channels have one colour scale, or each its own. */
export const scaleKinds = ['shared', 'channel'] as const;

/** Which maps are shown and how, all of it in the address. */
export function useMapsView() {
  return useQueryStates({
    /** Block and number, `2.1`. */
    cell: parseAsString,
    /** Number of the data set's sample, from 0. */
    sample: parseAsInteger.withDefault(0),
    /** As the API writes it; the best one if not given. */
    path: parseAsString,
    /** A second path beside it. */
    beside: parseAsString,
    order: parseAsStringLiteral(channelOrders).withDefault('channel'),
    scale: parseAsStringLiteral(scaleKinds).withDefault('shared'),
    /** The enlarged channel, from 0; the first in the order if not given. */
    channel: parseAsInteger,
  });
}
