/**
 * A short list of English words with short vectors, from a long one: the most frequent words and those asked for, their
 * vectors turned onto the axes along which words differ most (principal components), in bytes.
 */
import { inBytes, type WordList } from '../../understanding/matcher/vector-file.ts';

export interface LongList {
  /** Most frequent first. */
  readonly words: readonly string[];
  vector(word: string): readonly number[];
}

const plain = /^(?:[a-z]{2,}|i)$/;

/** @param wanted words taken whatever their frequency, where the long list has them */
export function cutEnglish(long: LongList, most: number, dimensions: number, wanted: ReadonlySet<string>): WordList {
  let taken = 0;
  const words = long.words.filter((word) => plain.test(word) && (taken++ < most || wanted.has(word)));
  const vectors = words.map((word) => Float64Array.from(long.vector(word)));
  const size = vectors[0]?.length ?? 0;
  const mean = new Float64Array(size);
  for (const vector of vectors)
    for (let at = 0; at < size; at++) mean[at] = (mean[at] as number) + (vector[at] as number) / vectors.length;
  for (const vector of vectors)
    for (let at = 0; at < size; at++) vector[at] = (vector[at] as number) - (mean[at] as number);
  const axes = principalAxes(vectors, size).slice(0, dimensions);
  const numbers = new Int8Array(words.length * dimensions);
  for (const [place, vector] of vectors.entries()) {
    const turned = axes.map((axis) => axis.reduce((sum, number, at) => sum + number * (vector[at] as number), 0));
    inBytes(turned, numbers, place * dimensions);
  }
  return { words, dimensions, numbers };
}

/** The axes along which vectors of mean 0 vary, those of most variance first: the eigenvectors of their covariance. */
function principalAxes(vectors: readonly Float64Array[], size: number): Float64Array[] {
  const covariance = Array.from({ length: size }, () => new Float64Array(size));
  for (const vector of vectors) {
    for (let row = 0; row < size; row++) {
      const line = covariance[row] as Float64Array;
      for (let column = 0; column < size; column++) {
        line[column] = (line[column] as number) + (vector[row] as number) * (vector[column] as number);
      }
    }
  }
  return eigenvectors(covariance);
}

const SWEEPS = 30;

/** Of a symmetric matrix, which is destroyed, by Jacobi's rotations; greatest eigenvalue first. */
function eigenvectors(matrix: Float64Array[]): Float64Array[] {
  const size = matrix.length;
  const turned = Array.from({ length: size }, (_, at) => new Float64Array(size).fill(1, at, at + 1));
  const at = (rows: readonly Float64Array[], row: number, column: number) =>
    (rows[row] as Float64Array)[column] as number;
  const rotate = (
    rows: readonly Float64Array[],
    a: [number, number],
    b: [number, number],
    sine: number,
    cosine: number,
  ) => {
    const [one, other] = [at(rows, ...a), at(rows, ...b)];
    (rows[a[0]] as Float64Array)[a[1]] = cosine * one - sine * other;
    (rows[b[0]] as Float64Array)[b[1]] = sine * one + cosine * other;
  };
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        const off = at(matrix, p, q);
        if (off === 0) continue;
        const angle = 0.5 * Math.atan2(2 * off, at(matrix, q, q) - at(matrix, p, p));
        const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
        for (let k = 0; k < size; k++) rotate(matrix, [k, p], [k, q], sine, cosine);
        for (let k = 0; k < size; k++) rotate(matrix, [p, k], [q, k], sine, cosine);
        for (let k = 0; k < size; k++) rotate(turned, [p, k], [q, k], sine, cosine);
      }
    }
  }
  return turned
    .map((vector, number) => ({ vector, value: at(matrix, number, number) }))
    .sort((a, b) => b.value - a.value)
    .map(({ vector }) => vector);
}
