/** What was learnt is a tree of plain objects whose leaves are numbers, texts and typed arrays; these walk it. */

export type Numbers = Int32Array | Uint32Array | Uint16Array | Int8Array | Uint8Array | Float32Array | Float64Array;

const kinds = { Int32Array, Uint32Array, Uint16Array, Int8Array, Uint8Array, Float32Array, Float64Array } as const;
type Kind = keyof typeof kinds;

const isNumbers = (value: unknown): value is Numbers => ArrayBuffer.isView(value) && value.constructor.name in kinds;

type View = new (memory: ArrayBufferLike, at: number, length: number) => Numbers;
const view = (kind: Kind, memory: ArrayBufferLike, at: number, length: number): Numbers =>
  new (kinds[kind] as View)(memory, at, length);

/** The tree with `replace` applied to every typed array. */
function mapped(value: unknown, replace: (numbers: Numbers) => unknown): unknown {
  if (isNumbers(value)) return replace(value);
  if (Array.isArray(value)) return value.map((one) => mapped(one, replace));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapped(one, replace)]));
}

/** The tree with its arrays in shared memory, copied there where they are not: threads hand it to each other without copying. */
export function inSharedMemory<T>(tree: T): T {
  return mapped(tree, (numbers) => {
    if (numbers.buffer instanceof SharedArrayBuffer) return numbers;
    const copy = view(numbers.constructor.name as Kind, new SharedArrayBuffer(numbers.byteLength), 0, numbers.length);
    copy.set(numbers);
    return copy;
  }) as T;
}

/** Marks an array in the written form. */
interface Placed {
  readonly $array: Kind;
  readonly at: number;
  readonly length: number;
}

const ALIGN = 8;
const aligned = (bytes: number) => Math.ceil(bytes / ALIGN) * ALIGN;

/** The tree as bytes: the length of a JSON text, that text, then the arrays. */
export function packed(tree: unknown): Uint8Array {
  const arrays: Numbers[] = [];
  let size = 0;
  const shape = mapped(tree, (numbers): Placed => {
    arrays.push(numbers);
    const at = size;
    size += aligned(numbers.byteLength);
    return { $array: numbers.constructor.name as Kind, at, length: numbers.length };
  });
  const text = new TextEncoder().encode(JSON.stringify(shape));
  const start = aligned(ALIGN + text.length);
  const bytes = new Uint8Array(start + size);
  new DataView(bytes.buffer).setUint32(0, text.length);
  bytes.set(text, ALIGN);
  let at = start;
  for (const numbers of arrays) {
    bytes.set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength), at);
    at += aligned(numbers.byteLength);
  }
  return bytes;
}

/** What {@link packed} was given; `bytes` are trusted to be its work and stay in use. */
export function unpacked(bytes: Uint8Array): unknown {
  const whole = bytes.byteOffset % ALIGN === 0 ? bytes : new Uint8Array(bytes);
  const length = new DataView(whole.buffer, whole.byteOffset).getUint32(0);
  const start = whole.byteOffset + aligned(ALIGN + length);
  const text = new TextDecoder().decode(whole.subarray(ALIGN, ALIGN + length));
  return JSON.parse(text, (_, value) =>
    typeof value === 'object' && value !== null && '$array' in value
      ? view((value as Placed).$array, whole.buffer, start + (value as Placed).at, (value as Placed).length)
      : value,
  );
}
