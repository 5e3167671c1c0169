import { describe, expect, it } from 'vitest';
import { customerFacts } from '../../../src/bot/customer-facts.ts';

describe('a customer’s record in the words of dialogs', () => {
  it('has one line for each product, in one order, empty where a fact is not known of it', () => {
    const products = [
      { name: 'Laptop', model: 'ThinkPad\nX1', serial: 'A1', warrantyUntil: '2027-01-01' },
      { name: 'Monitor', serial: 'B2' },
    ];
    expect(customerFacts({ id: 'c', name: 'Ann', products })).toEqual({
      'customer.name': 'Ann',
      'customer.products': 'Laptop\nMonitor',
      'customer.model': 'ThinkPad X1\nMonitor',
      'customer.serial': 'A1\nB2',
      'customer.warrantyUntil': '2027-01-01\n',
    });
  });

  it('says nothing where nothing is known', () => {
    expect(customerFacts(undefined)).toEqual({});
    expect(customerFacts({ id: 'c', products: [] })).toEqual({});
  });
});
