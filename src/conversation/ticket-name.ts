/** Ticket numbers as people read and write them. */

/** `T-000123`: the form of ticket numbers everywhere people read them. */
export const ticketName = (number: number): string => `T-${String(number).padStart(6, '0')}`;

/** Its number as people write it: `T-000123`, `t123`, `123`; undefined for what is none. */
export function numberOfTicket(text: string): number | undefined {
  const digits = /^\s*(?:t[-–]?)?0*([1-9]\d{0,14})\s*$/iu.exec(text.normalize('NFKC'))?.[1];
  return digits === undefined ? undefined : Number(digits);
}
