/**
 * Conditions of `when`: a small language of its own, parsed once at load, so nothing an admin writes is run as code.
 *
 *   or    := and ('||' and)*
 *   and   := not ('&&' not)*
 *   not   := '!' not | '(' or ')' | test
 *   test  := value (('==' | '!=' | '<' | '<=' | '>' | '>=') value | 'in' '[' literal (',' literal)* ']')?
 *   value := step id | 'text' | "text" | number | true | false
 *
 * A step that was not answered is no value: every comparison with it fails, but `!=` holds.
 */

export type Literal = string | number | boolean;
export type Operator = '==' | '!=' | '<' | '<=' | '>' | '>=';
/** Positions are characters from the expression's start. */
export type Operand =
  | { readonly kind: 'step'; readonly id: string; readonly at: number }
  | { readonly kind: 'literal'; readonly value: Literal; readonly at: number };

export type Expression =
  | { readonly kind: 'or' | 'and'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'is'; readonly of: Operand }
  | { readonly kind: 'compare'; readonly operator: Operator; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'in'; readonly left: Operand; readonly list: readonly (Operand & { kind: 'literal' })[] };

/** A condition that cannot be read; `at` counts characters from its start. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

interface Token {
  readonly kind: 'mark' | 'name' | 'text' | 'number' | 'end';
  readonly text: string;
  readonly at: number;
}

/** Deepest nesting of parentheses and negations. */
const deepest = 20;

/** @throws ExpressionError */
export function parseExpression(text: string): Expression {
  const tokens = tokensOf(text);
  let next = 0;
  let depth = 0;
  const here = (): Token => tokens[next] ?? { kind: 'end', text: '', at: text.length };
  const isMark = (mark: string) => here().kind === 'mark' && here().text === mark;
  const take = (): Token => {
    const token = here();
    next += 1;
    return token;
  };
  const expect = (mark: string) => {
    if (!isMark(mark)) throw new ExpressionError(here().at, `found ${shown(here())}; expected ${mark}`);
    next += 1;
  };

  const or = (): Expression => {
    let left = and();
    while (isMark('||')) {
      take();
      left = { kind: 'or', left, right: and() };
    }
    return left;
  };
  const and = (): Expression => {
    let left = not();
    while (isMark('&&')) {
      take();
      left = { kind: 'and', left, right: not() };
    }
    return left;
  };
  const not = (): Expression => {
    depth += 1;
    if (depth > deepest) throw new ExpressionError(here().at, `nested too deeply; allowed are ${deepest} levels`);
    try {
      if (isMark('!')) {
        take();
        return { kind: 'not', of: not() };
      }
      if (isMark('(')) {
        take();
        const inside = or();
        expect(')');
        return inside;
      }
      return test();
    } finally {
      depth -= 1;
    }
  };
  const test = (): Expression => {
    const left = operand();
    const token = here();
    if (token.kind === 'name' && token.text === 'in') {
      take();
      expect('[');
      const list = [literal()];
      while (isMark(',')) {
        take();
        list.push(literal());
      }
      expect(']');
      return { kind: 'in', left, list };
    }
    if (token.kind === 'mark' && /^([=!]=|[<>]=?)$/.test(token.text)) {
      take();
      return { kind: 'compare', operator: token.text as Operator, left, right: operand() };
    }
    return { kind: 'is', of: left };
  };
  const literal = (): Operand & { kind: 'literal' } => {
    const found = operand();
    if (found.kind === 'step')
      throw new ExpressionError(found.at, `found ${found.id}; a list holds values: put text in quotes, '${found.id}'`);
    return found;
  };
  const operand = (): Operand => {
    const token = take();
    const { at } = token;
    if (token.kind === 'text') return { kind: 'literal', value: token.text, at };
    if (token.kind === 'number') return { kind: 'literal', value: Number(token.text), at };
    if (token.kind === 'name') {
      if (token.text === 'true' || token.text === 'false') return { kind: 'literal', value: token.text === 'true', at };
      if (token.text !== 'in') return { kind: 'step', id: token.text, at };
    }
    throw new ExpressionError(
      at,
      `found ${shown(token)}; expected a step's id, a text in quotes, a number, true or false`,
    );
  };

  const whole = or();
  if (here().kind !== 'end')
    throw new ExpressionError(here().at, `found ${shown(here())}; expected &&, || or the condition's end`);
  return whole;
}

const shown = (token: Token): string => (token.kind === 'end' ? 'the end' : `"${token.text}"`);

function tokensOf(text: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const space = /^\s+/.exec(rest)?.[0];
    if (space) {
      at += space.length;
      continue;
    }
    const quoted = /^'([^']*)'|^"([^"]*)"/.exec(rest);
    const number = /^-?\d+(?:\.\d+)?(?![\w-])/.exec(rest)?.[0];
    const name = /^[A-Za-z_][\w-]*/.exec(rest)?.[0];
    const mark = /^(?:[=!<>]=|&&|\|\||[<>!()[\],])/.exec(rest)?.[0];
    if (quoted) found.push({ kind: 'text', text: quoted[1] ?? quoted[2] ?? '', at });
    else if (number) found.push({ kind: 'number', text: number, at });
    else if (name) found.push({ kind: 'name', text: name, at });
    else if (mark) found.push({ kind: 'mark', text: mark, at });
    else throw new ExpressionError(at, unreadable(rest));
    at += (quoted?.[0] ?? number ?? name ?? mark ?? ' ').length;
  }
  return found;
}

function unreadable(rest: string): string {
  if (rest[0] === "'" || rest[0] === '"') return `a text in ${rest[0]} is not closed`;
  const meant = { '=': '==', '&': '&&', '|': '||' }[rest[0] ?? ''];
  return `found "${rest[0]}"; ${meant ? `did you mean "${meant}"?` : 'allowed are == != < <= > >= && || ! ( ) in [ ]'}`;
}

/** A step's value, or undefined where it was not answered. */
export type ValueOf = (step: string) => Literal | undefined;

/** Whether a condition holds. Total. */
export function holds(expression: Expression, known: ValueOf): boolean {
  switch (expression.kind) {
    case 'or':
      return holds(expression.left, known) || holds(expression.right, known);
    case 'and':
      return holds(expression.left, known) && holds(expression.right, known);
    case 'not':
      return !holds(expression.of, known);
    case 'is':
      return value(expression.of, known) === true;
    case 'in': {
      const left = value(expression.left, known);
      return expression.list.some((item) => item.value === left);
    }
    case 'compare':
      return compare(expression.operator, value(expression.left, known), value(expression.right, known));
  }
}

const value = (operand: Operand, known: ValueOf): Literal | undefined =>
  operand.kind === 'literal' ? operand.value : known(operand.id);

function compare(operator: Operator, a: Literal | undefined, b: Literal | undefined): boolean {
  if (operator === '!=') return a !== b;
  if (a === undefined || b === undefined || typeof a !== typeof b) return false;
  switch (operator) {
    case '==':
      return a === b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
  }
}

/** The steps a condition asks about, with their positions. */
export function operandsOf(expression: Expression): Operand[] {
  switch (expression.kind) {
    case 'or':
    case 'and':
      return [...operandsOf(expression.left), ...operandsOf(expression.right)];
    case 'not':
      return operandsOf(expression.of);
    case 'is':
      return [expression.of];
    case 'in':
      return [expression.left, ...expression.list];
    case 'compare':
      return [expression.left, expression.right];
  }
}
