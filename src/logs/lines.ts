import { longestLine } from './line.ts';

/** Text in pieces → lines; of an endless one the start, at the memory of that start. */
export class Lines {
  readonly #push: (line: string, number: number) => void;
  #rest = '';
  /** The line under way has been passed on cut; what follows of it is dropped. */
  #over = false;
  count = 0;

  constructor(push: (line: string, number: number) => void) {
    this.#push = push;
  }

  write(text: string): void {
    let from = 0;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
      this.#close(text, from, at);
      from = at + 1;
    }
    if (this.#over || from === text.length) return;
    this.#rest += text.slice(from, from + longestLine);
    if (this.#rest.length < longestLine) return;
    this.#pass(this.#rest);
    this.#over = true;
  }

  end(): void {
    if (!this.#over && this.#rest !== '') this.#pass(this.#rest);
    this.#rest = '';
    this.#over = false;
  }

  #close(text: string, from: number, to: number): void {
    if (!this.#over) {
      const end = text.charCodeAt(to - 1) === 13 && to > from ? to - 1 : to;
      this.#pass(this.#rest + text.slice(from, Math.min(end, from + longestLine)));
    }
    this.#over = false;
  }

  #pass(line: string): void {
    this.#rest = '';
    this.count++;
    this.#push(line.length > longestLine ? line.slice(0, longestLine) : line, this.count);
  }
}
