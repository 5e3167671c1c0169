/** Memory that requests share: what arrives is counted, and who would go beyond it is refused rather than everybody let down. */
import { HttpError } from './http.ts';

export class Room {
  #free: number;

  /** @param bytes for all together. */
  constructor(bytes: number) {
    this.#free = bytes;
  }

  /**
   * Runs `work`, and gives back at its end, however it ends, what it took.
   * @throws HttpError 503 from `take` when there is no room for so many bytes more.
   */
  async hold<T>(work: (take: (bytes: number) => void) => Promise<T>): Promise<T> {
    let taken = 0;
    try {
      return await work((bytes) => {
        if (bytes > this.#free)
          throw new HttpError(503, 'busy', 'Too many files are on their way at once. Try again in a moment.');
        this.#free -= bytes;
        taken += bytes;
      });
    } finally {
      this.#free += taken;
    }
  }
}
