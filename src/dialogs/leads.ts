/** Where dialogs end with an answer of the FAQ. Whether there is such an entry is not for a dialog's file alone to know. */
import type { Problem } from '../understanding/understanding.ts';

/** The place in the file where the entry is named. */
export interface Lead extends Omit<Problem, 'message'> {
  readonly dialog: string;
  readonly entry: string;
}

/** @param hasEntry whether the FAQ serves an entry. @returns a problem for each lead to one that it does not. */
export const astray = (leads: readonly Lead[], hasEntry: (id: string) => boolean): Problem[] =>
  leads
    .filter(({ entry }) => !hasEntry(entry))
    .map(({ dialog, entry, ...place }) => ({
      ...place,
      message: `entry: dialog "${dialog}" ends with "${entry}", which the FAQ does not have`,
    }));
