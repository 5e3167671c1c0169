/** Which page beside the desk's own the address names, as far as whoever is signed in may see it; null for the desk itself. */
import { useSyncExternalStore } from 'react';
import { type SidePage, sidePageIn } from '../address.ts';
import { useDeskState } from '../context.ts';
import type { Me } from '../model.ts';

const mayRead: Readonly<Record<SidePage, readonly Me['role'][]>> = { audit: ['lead', 'admin'], erasure: ['admin'] };

export const maySee = (page: SidePage, role: Me['role'] | undefined): boolean =>
  role !== undefined && mayRead[page].includes(role);

function follow(told: () => void): () => void {
  addEventListener('hashchange', told);
  return () => removeEventListener('hashchange', told);
}

export function useSidePage(): SidePage | null {
  const role = useDeskState((state) => state.me?.role);
  const page = useSyncExternalStore(follow, () => sidePageIn(location.hash));
  return page !== null && maySee(page, role) ? page : null;
}
