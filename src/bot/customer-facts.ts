/** The customer's record in the words of dialogs. */
import type { Customer, Product } from '../conversation/customer.ts';
import type { Source } from '../dialogs/dialog.ts';

/** Of the products one line each, in the same order; an empty line where a fact is not known of one. */
export function customerFacts(customer: Customer | undefined): { readonly [source in Source]?: string } {
  if (!customer) return {};
  const { name, email, products } = customer;
  const lines = (fact: (product: Product) => string | undefined): string | undefined => {
    const all = products.map((product) => (fact(product) ?? '').replace(/\s+/g, ' '));
    return all.some((line) => line !== '') ? all.join('\n') : undefined;
  };
  const facts: readonly (readonly [Source, string | undefined])[] = [
    ['customer.name', name],
    ['customer.email', email],
    ['customer.products', lines((product) => product.name)],
    ['customer.model', lines(({ model, name: called }) => model ?? called)],
    ['customer.serial', lines((product) => product.serial)],
    ['customer.warrantyUntil', lines((product) => product.warrantyUntil)],
  ];
  return Object.fromEntries(facts.filter(([, fact]) => fact !== undefined));
}
