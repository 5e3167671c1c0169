/** A place to write in, made where there is none. */
import { access, constants, mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** @throws Error in one sentence when the directory cannot be made or written in. */
export async function writableDirectory(directory: string): Promise<void> {
  try {
    await make(resolve(directory));
    await access(directory, constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(
      `DATA_DIR: ${directory} cannot be written in (${code ?? message}); set it to a directory that this account may write in.`,
      { cause: error },
    );
  }
}

/** Not by Node's `recursive`: it never comes back from a place such as /proc, where nothing can be made. */
async function make(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    await make(dirname(path));
    await mkdir(path);
  }
}
