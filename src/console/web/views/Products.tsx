/** What the customer has, and whether its warranty still holds today. */
import type { ReactNode } from 'react';
import type { Product } from '../../../conversation/customer.ts';
import { useNow, useSay } from '../context.ts';

export function Products({ products }: { readonly products: readonly Product[] }): ReactNode {
  const now = new Date(useNow());
  const two = (n: number) => String(n).padStart(2, '0');
  const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return (
    <ul className="fl-products" data-testid="packet-products">
      {products.map((product) => (
        <li key={`${product.name}-${product.serial ?? product.model ?? ''}`}>
          <strong>{product.name}</strong>
          {product.model && <span>{product.model}</span>}
          {product.serial && <code>{product.serial}</code>}
          <Warranty until={product.warrantyUntil} today={today} />
        </li>
      ))}
    </ul>
  );
}

function Warranty({ until, today }: { readonly until: string | undefined; readonly today: string }): ReactNode {
  const say = useSay();
  if (until === undefined) return null;
  const holds = until >= today;
  return (
    <span className={`fl-chip fl-warranty-${holds ? 'holds' : 'ended'}`}>
      {say(holds ? 'warrantyUntil' : 'warrantyEnded', { day: until })}
    </span>
  );
}
